import type { CaseFilter } from './review-filter';

/** What one has to decide on. What waits to be sent upward is the school's turn as well, but there is nothing left to decide. */
export const waitingFor = (tier: string): Pick<CaseFilter, 'turn' | 'state'> => ({
  turn: 'mine',
  state: tier === 'school' ? 'school-review' : 'authority-review',
});
