import type { Asked, Client } from '../client/client';
import { killsOf } from '../fault/schedule';
import { registrar } from './registrar';
import { crewOf, work } from './crew';

/** What a lane asks for, on a system that has nothing to review and refuses everything. */
async function askedBy(seed: string, steps: number): Promise<string[]> {
  const asked: string[] = [];
  const client = {
    write: async (op: string, { contract, body }: Asked) => {
      asked.push(JSON.stringify([op, contract, body]).replace(/[0-9a-f]{8}"/g, '"'));
      return { outcome: 'refused', body: {} };
    },
    read: async () => ({ body: { items: [{ id: 't1' }] }, version: '1' }),
  } as unknown as Client;
  for (const lane of crewOf(() => client, seed, '2026-11-28').filter(
    ({ name }) => !/principal|authority|importer/.test(name),
  )) {
    let n = 0;
    await work(lane, seed, () => n++ >= steps, 0);
  }
  return asked;
}

describe('a seed', () => {
  it('is the same schedule and the same operations every time, another seed others', async () => {
    expect(killsOf('7', 60_000)).toEqual(killsOf('7', 60_000));
    expect(killsOf('7', 60_000)).not.toEqual(killsOf('8', 60_000));
    const first = await askedBy('7', 6);
    expect(first.length).toBeGreaterThan(30);
    expect(await askedBy('7', 6)).toEqual(first);
    expect(await askedBy('8', 6)).not.toEqual(first);
  });

  it('strikes every kind of victim once a round, 1–5 s apart', () => {
    const strikes = killsOf('1', 120_000);
    const gaps = strikes.slice(1).map(({ at }, i) => at - strikes[i]!.at);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(5_000);
    expect(new Set(strikes.slice(0, 10).map(({ victim }) => victim)).size).toBe(10);
  });

  it('registers nobody twice by chance', async () => {
    const names: string[] = [];
    const client = {
      write: async (_: string, { body }: Asked) => {
        names.push(`${(body as { name: string }).name}`);
        return { outcome: 'ok', body: {} };
      },
    } as unknown as Client;
    let n = 0;
    await work(registrar(client, 's', '7', '2026-11-28'), '7', () => n++ >= 300, 0);
    // one in ten is asked again on purpose
    expect(new Set(names).size).toBeGreaterThan(250);
  });
});
