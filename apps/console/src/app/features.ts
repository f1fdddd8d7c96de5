import type { Feature } from './feature';
import { accounts } from '../features/accounts/feature';
import { activation } from '../features/activation/feature';
import { audit } from '../features/audit/feature';
import { collection } from '../features/collection/feature';
import { corrections } from '../features/corrections/feature';
import { imports } from '../features/imports/feature';
import { monthlyReports } from '../features/monthly-reports/feature';
import { notices } from '../features/notices/feature';
import { organisations } from '../features/organisations/feature';
import { progress } from '../features/progress/feature';
import { review } from '../features/review/feature';
import { teachers } from '../features/teachers/feature';
import { urgings } from '../features/urgings/feature';
import { workbench } from '../features/workbench/feature';

/** Every feature of the console; the order is the order of the menu. */
export const features: readonly Feature[] = [
  workbench,
  teachers,
  corrections,
  imports,
  review,
  progress,
  urgings,
  monthlyReports,
  organisations,
  accounts,
  activation,
  audit,
  notices,
  collection,
];
