import type { Operation } from '../journal/operation';
import type { FinalState } from '../state/final-state';
import { lost, twice } from './acknowledged';
import { counts, persons, sheets } from './counts';
import { invented, setAside, undelivered, unpublished } from './delivery';
import { Evidence } from './evidence';
import { notices } from './notices';
import { silentRefusals, torn, unaccounted } from './one-transaction';
import { cases, decisions, effective } from './review-path';
import { gaps, regressed } from './versions';
import type { Violation } from './violation';

/** Everything the journal and the final state must agree on. Pure: the same journal and state, the same violations. */
export function check(operations: readonly Operation[], state: FinalState): Violation[] {
  const evidence = new Evidence(state);
  return [
    ...lost(operations, state),
    ...twice(operations, state, evidence),
    ...regressed(operations, state),
    ...gaps(state),
    ...torn(operations, evidence),
    ...silentRefusals(operations, evidence),
    ...unaccounted(operations, state),
    ...unpublished(state),
    ...undelivered(state),
    ...invented(state),
    ...setAside(state),
    ...cases(state),
    ...decisions(state),
    ...effective(state),
    ...counts(state),
    ...persons(state),
    ...sheets(state),
    ...notices(state),
  ];
}
