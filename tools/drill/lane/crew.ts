import { demoSchools, Random } from '@shidang/seed';
import { rest } from '../client/client';
import { authority } from './authority';
import { declarer } from './declarer';
import { filler } from './filler';
import { importer } from './importer';
import type { Door, Lane } from './lane';
import { principal } from './principal';
import { registrar } from './registrar';
import { reporter } from './reporter';
import { submitter } from './submitter';
import { urger } from './urger';

const { primary, cityRun } = demoSchools;
const [county, city] = ['331102', '331100'];

/** Log-in names of the demo that a run works with. */
export const crewAccounts: readonly string[] = [
  ...[primary, cityRun].flatMap((school) => [`sys@${school}`, `info@${school}`, `head@${school}`]),
  `info@${county}`,
  `info@${city}`,
];

/** Mixed writes of every kind, on two ways upward: school → county, and school → city. */
export function crewOf(door: Door, seed: string, today: string): Lane[] {
  const ways = [
    [primary, county],
    [cityRun, city],
  ] as const;
  return [
    ...ways.flatMap(([school, above]) => [
      registrar(door(`sys@${school}`), school, seed, today),
      filler(door(`info@${school}`), school),
      submitter(door(`info@${school}`), school),
      principal(door(`head@${school}`), school),
      authority(door(`info@${above}`), above),
    ]),
    importer(door(`sys@${primary}`), door(`info@${primary}`), primary, seed),
    reporter(door(`info@${county}`), door(`info@${city}`), county, today),
    urger(door(`info@${county}`), door(`head@${primary}`), primary),
    declarer(door(`head@${primary}`), door(`info@${county}`), primary),
  ];
}

/** Steps until the run closes, each with the chance that belongs to it; a pause leaves the machine some air. */
export async function work(lane: Lane, seed: string, closing: () => boolean, pause: number): Promise<void> {
  for (let n = 0; !closing(); n++) {
    await lane.step(new Random(`${seed}/${lane.name}/${n}`), `${lane.name}:${n}`);
    await rest(pause);
  }
}
