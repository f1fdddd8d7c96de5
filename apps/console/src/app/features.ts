import type { Feature } from './feature';
import { collection } from '../features/collection/feature';
import { notices } from '../features/notices/feature';
import { progress } from '../features/progress/feature';
import { urgings } from '../features/urgings/feature';
import { workbench } from '../features/workbench/feature';

/** Every feature of the console; the order is the order of the menu. */
export const features: readonly Feature[] = [workbench, notices, progress, urgings, collection];
