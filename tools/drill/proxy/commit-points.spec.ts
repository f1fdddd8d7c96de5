import { landmarks } from '@shidang/persistence';
import { watchCommits, type Point } from './commit-points';

const int32 = (n: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(n);
  return bytes;
};
const frame = (type: string, ...texts: string[]) => {
  const body = Buffer.from(texts.map((text) => `${text}\0`).join(''));
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
};
const startup = Buffer.concat([int32(8), int32(196608)]);

describe('points of a transaction, seen from between service and database', () => {
  let seen: Point[];
  const watching = (stopAt?: Point) => {
    seen = [];
    const watch = watchCommits((point) => {
      seen.push(point);
      return point === stopAt;
    });
    watch.fromClient(startup);
    return watch;
  };

  it('a committed write is stopped before its answer passes', () => {
    const watch = watching('answer');
    expect(watch.fromClient(frame('Q', 'begin'))).toBe(false);
    expect(watch.fromClient(frame('B', '', landmarks.write))).toBe(false);
    expect(watch.fromClient(frame('Q', 'commit'))).toBe(false);
    expect(watch.fromServer(frame('C', 'COMMIT'))).toBe(true);
    expect(seen).toEqual(['answer']);
  });

  it('facts are stopped between the stream and their mark, also when the statement is known by name', () => {
    const watch = watching('mark');
    watch.fromClient(frame('B', '', 'relay-rows'));
    expect(watch.fromClient(frame('B', '', landmarks.told))).toBe(true);
    expect(seen).toEqual(['mark']);
  });

  it('the effect of a message is told from a write, and a rolled back one is none', () => {
    const watch = watching();
    watch.fromClient(frame('Q', 'begin'));
    watch.fromClient(frame('B', '', landmarks.effect));
    watch.fromServer(frame('C', 'COMMIT'));
    watch.fromClient(frame('Q', 'begin'));
    watch.fromClient(frame('B', '', landmarks.effect));
    watch.fromServer(frame('C', 'ROLLBACK'));
    watch.fromClient(frame('Q', 'begin'));
    watch.fromServer(frame('C', 'COMMIT'));
    expect(seen).toEqual(['effect']);
  });

  it('a message in pieces is one message', () => {
    const watch = watching('answer');
    const bytes = frame('P', landmarks.write, 'insert …');
    for (const byte of bytes) watch.fromClient(Buffer.from([byte]));
    const answer = frame('C', 'COMMIT');
    expect(watch.fromServer(answer.subarray(0, 3))).toBe(false);
    expect(watch.fromServer(answer.subarray(3))).toBe(true);
  });
});
