import type { Drill } from '../drill';
import { kills } from './kills';

/** In the order they run. */
export const drills: readonly Drill[] = [kills];
