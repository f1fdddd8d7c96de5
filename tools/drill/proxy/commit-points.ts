import { landmarks } from '@shidang/persistence';
import { PostgresFrames, textsIn, type Frame } from './postgres-frames';
import type { Watch } from './tcp-proxy';

/**
 * answer: a caller's write is committed, and nobody has been told. mark: JetStream has acknowledged facts, and the outbox does not
 * know. effect: what a message does is committed, and JetStream has no acknowledgement.
 */
export const points = ['answer', 'mark', 'effect'] as const;
export type Point = (typeof points)[number];

/** What a statement says about its transaction, by the name it is prepared under. */
const saysOf: Readonly<Record<string, Point>> = {
  [landmarks.told]: 'mark',
  [landmarks.effect]: 'effect',
  [landmarks.effects]: 'effect',
  [landmarks.write]: 'answer',
};

const statementsIn = ({ type, body }: Frame): string[] => {
  if (type === 'Q') return textsIn(body, 1);
  // Parse: name, text; Bind: portal, name
  return type === 'P' || type === 'B' ? textsIn(body, 2) : [];
};

/**
 * Follows one connection of a service. `reached` is asked at each point; when it says yes, nothing passes any more: the
 * commit is PostgreSQL's, its answer never arrives.
 */
export function watchCommits(reached: (point: Point) => boolean): Watch {
  const [client, server] = [new PostgresFrames(true), new PostgresFrames(false)];
  let says: Point | undefined;
  return {
    fromClient(bytes) {
      for (const frame of client.take(bytes)) {
        for (const statement of statementsIn(frame)) {
          if (/^begin/i.test(statement)) says = undefined;
          const said = saysOf[statement];
          if (said === 'mark' && reached('mark')) return true;
          // a write that also takes a message in is the message's effect
          if (said && says !== 'effect') says = said;
        }
      }
      return false;
    },
    fromServer(bytes) {
      for (const { type, body } of server.take(bytes)) {
        if (type !== 'C' || textsIn(body, 1)[0] !== 'COMMIT') continue;
        const point = says;
        says = undefined;
        if (point && point !== 'mark' && reached(point)) return true;
      }
      return false;
    },
  };
}
