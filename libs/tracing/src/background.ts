import { inTrace } from './current-trace';
import { during, enter, type Step } from './traced';
import { newTrace } from './traceparent';

/**
 * Work nobody waits for, as a trace of its own that is linked to what began it (`alsoFrom`): recorded when one of those is, otherwise by the
 * share. What is asked and written in it stands in that trace; `unrecorded`: where it stands when nobody records it.
 */
export const inBackground = <T>(step: Step, run: () => Promise<T>, unrecorded = newTrace()): Promise<T> => {
  const traced = enter(undefined, step);
  return during(traced, () => inTrace(traced?.traceparent ?? unrecorded, run));
};
