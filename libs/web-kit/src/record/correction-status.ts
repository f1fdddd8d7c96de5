import type { CorrectionView } from './record-api';

type Answered = Pick<CorrectionView, 'state' | 'changeState' | 'changeStage'>;

/** The one state of a request to correct that a person wants to know, as `StatusTag` names it: its own until the school has applied, the change's from then on. */
export function correctionStatus({ state, changeState, changeStage }: Answered): string {
  if (state !== 'applied') return `correction-${state}`;
  if (changeState === 'approved') return 'correction-made';
  // its end and where its case stands come by two events, in any order
  if (changeState === 'returned') return changeStage?.endsWith('-returned') ? changeStage : 'correction-refused';
  return changeState === undefined || changeState === 'open' ? (changeStage ?? 'school-review') : changeState;
}
