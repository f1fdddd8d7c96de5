import type { CampaignPhase } from '@shidang/contracts';

/** Days as `YYYY-MM-DD`, in China. */
export interface CampaignDates {
  readonly startsOn: string;
  readonly dueOn: string;
  readonly closesOn: string;
}

/** Start, due day, late and closed: after closing writing is refused and reading works (工作方案 五). Each day counts in full. */
export function phaseOn(day: string, dates: CampaignDates | undefined): CampaignPhase {
  if (!dates) return 'none';
  if (day < dates.startsOn) return 'before';
  if (day <= dates.dueOn) return 'running';
  return day <= dates.closesOn ? 'late' : 'closed';
}

export const inOrder = ({ startsOn, dueOn, closesOn }: CampaignDates): boolean =>
  startsOn <= dueOn && dueOn <= closesOn;
