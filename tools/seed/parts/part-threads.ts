import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Packet } from '../load/owners-databases';
import type { Counts } from '../rows/reporting-rows';
import type { Part } from '../world/part';
import type { PartSaid, PartWork } from './make-part';

/** Making rows is most of the work and COPY the rest: more threads only wait for the databases. */
const mostThreads = 2;

export interface MakingParts extends Omit<PartWork, 'parts'> {
  /** Rows of one batch; the next but one is made when it settles. */
  readonly write: (packets: readonly Packet[]) => Promise<void>;
}

/** Makes all parts on threads of their own, the biggest first. Returns their counts added up. */
export async function makeParts(parts: readonly Part[], { write, ...work }: MakingParts): Promise<Counts> {
  const shares = Array.from({ length: Math.min(parts.length, mostThreads) }, () => ({ parts: [] as Part[], size: 0 }));
  for (const part of [...parts].sort((a, b) => b.teachers - a.teachers)) {
    const least = shares.reduce((one, other) => (other.size < one.size ? other : one));
    least.parts.push(part);
    least.size += part.teachers;
  }
  const counts: Counts = new Map();
  // one batch at a time goes to the databases: a connection copies into one table at once
  let writing = Promise.resolve();
  const inTurn = (packets: readonly Packet[]) => (writing = writing.then(() => write(packets)));
  const count = (part: Counts) => {
    for (const [key, n] of part) counts.set(key, (counts.get(key) ?? 0) + n);
  };
  await Promise.all(shares.map((share) => onThread({ ...work, parts: share.parts }, inTurn, count)));
  return counts;
}

function onThread(
  work: PartWork,
  write: (packets: readonly Packet[]) => Promise<void>,
  count: (counts: Counts) => void,
): Promise<void> {
  const thread = new Worker(join(__dirname, 'make-part.js'), {
    workerData: work,
    // nearly everything made lives for one batch
    resourceLimits: { maxYoungGenerationSizeMb: 96 },
  });
  return new Promise((settle, fail) => {
    let written = Promise.resolve();
    const failed = (error: Error) => {
      void thread.terminate();
      fail(error);
    };
    thread.on('message', (said: PartSaid) => {
      if ('counts' in said) return count(said.counts);
      written = write(said.packets).then(() => thread.postMessage('taken'));
      written.catch(failed);
    });
    thread.once('error', failed);
    thread.once('exit', () => void written.then(settle, fail));
  });
}
