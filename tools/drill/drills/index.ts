import type { Drill } from '../drill';
import { disk } from './disk';
import { frozen } from './frozen';
import { held } from './held';
import { kills } from './kills';
import { planted } from './planted';
import { pointsDrill } from './points';
import { poison } from './poison';
import { rebuild } from './rebuild';
import { rolling } from './rolling';
import { twice } from './twice';
import { wiped } from './wiped';

/** In the order they run. */
export const drills: readonly Drill[] = [
  kills,
  pointsDrill,
  twice,
  held,
  wiped,
  poison,
  frozen,
  disk,
  rebuild,
  rolling,
  planted,
];
