import { setTimeout as rest } from 'node:timers/promises';
import type { Served } from '../check/served-meanwhile';
import type { Asker } from './asker';

const paths = ['/me', '/teachers?limit=5', '/notices?limit=5'];
const looks = 20;

/** Somebody who reads, ten times a second, and what he is told: before it begins, and until it ends. */
export async function withBystander(asker: Asker, attack: () => Promise<void>): Promise<Served> {
  const look = async (n: number) => (await asker.askOnce('GET', paths[n % paths.length]!)).status;
  const before: number[] = [];
  for (let n = 0; n < looks; n++) before.push(await look(n));
  const during: number[] = [];
  let isOver = false;
  const looking = (async () => {
    for (let n = 0; !isOver; n++) {
      during.push(await look(n));
      await rest(100);
    }
  })();
  await attack().finally(() => (isOver = true));
  await looking;
  return { before, during };
}
