import type { Feature } from './feature';
import { accounts } from '../features/accounts/feature';
import { activation } from '../features/activation/feature';
import { organisations } from '../features/organisations/feature';
import { workbench } from '../features/workbench/feature';

/** Every feature of the console; the order is the order of the menu. */
export const features: readonly Feature[] = [workbench, organisations, accounts, activation];
