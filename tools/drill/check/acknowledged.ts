import type { Operation } from '../journal/operation';
import type { FinalState } from '../state/final-state';
import { effectOf } from './effects';
import type { Evidence } from './evidence';
import type { Violation } from './violation';

/** What was acknowledged is there. */
export function lost(operations: readonly Operation[], state: FinalState): Violation[] {
  return operations.flatMap((operation) => {
    if (operation.outcome !== 'ok' || effectOf(operation, state) !== 0) return [];
    const { op, contract, made, intent } = operation;
    return [
      {
        check: 'lost',
        op,
        says: `${contract} was acknowledged and is not there: ${JSON.stringify({ ...intent, ...made })}`,
      },
    ];
  });
}

/** However often it was asked under one key, it happened once. */
export function twice(operations: readonly Operation[], state: FinalState, evidence: Evidence): Violation[] {
  return operations.flatMap((operation) => {
    const { op, contract } = operation;
    const done = evidence.done(operation);
    const effect = operation.outcome === 'ok' ? (effectOf(operation, state) ?? 1) : 1;
    return [
      ...(done > 1 ? [{ check: 'twice', op, says: `${contract} was carried out ${done} times under one key` }] : []),
      ...(effect > 1 ? [{ check: 'twice', op, says: `${contract} left its effect ${effect} times` }] : []),
    ];
  });
}
