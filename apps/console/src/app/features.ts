import type { Feature } from './feature';
import { imports } from '../features/imports/feature';
import { workbench } from '../features/workbench/feature';

/** Every feature of the console; the order is the order of the menu. */
export const features: readonly Feature[] = [workbench, imports];
