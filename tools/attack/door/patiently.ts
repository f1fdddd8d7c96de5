import { setTimeout as rest } from 'node:timers/promises';
import { codeOf, type Answer } from './ask';

/** Too much at the moment, or a file that is being made: with a code, and with a time to come again. */
const isPassing = (answer: Answer): boolean =>
  (answer.status === 503 || answer.status === 429) &&
  codeOf(answer) !== '' &&
  answer.headers['retry-after'] !== undefined;

/** As a client that comes again when it is told to, so many times. `again`: told of each. */
export async function patiently(
  send: () => Promise<Answer>,
  { most = 5, again }: { most?: number; again?: () => void } = {},
): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const answer = await send();
    if (!isPassing(answer) || tries === most) return answer;
    again?.();
    await rest(Number(answer.headers['retry-after']) * 1_000);
  }
}
