import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { fromRoot, Missing, startSystem, type Scale } from '@shidang/dev';
import { explained, explainedText } from './explain';
import { generatorCore, leaveCoreFree, loadNow } from './cores';
import { startLimit } from './limit/limit';
import { measured, type Line, type Measured, type Run } from './lines/line';
import { reads } from './lines/reads';
import { jobs } from './lines/jobs';
import { writes } from './lines/writes';
import { loaded } from './load/load';
import { cpuBelow, cpuEach, memoryBelow, type Memory } from './processes';
import { placeOf, type Place } from './place';
import { factsArrived } from './facts-arrived';
import { allowProfiles, profiled } from './profile/profile';
import { cpuTable, memoryTable, table } from './table';

const lines: readonly Line[] = [...reads, ...writes, ...jobs];

const usage = `npm run bench -- [--scale l|xl [--share 0.1]] [--lines ${lines.map(({ key }) => key).join(',')}] [--runs 5] [--seconds 1.5] [--explain | --profile]
  asks the product and the limit in turn; data stays in .local/bench/<scale> for the next run`;

interface Wish {
  readonly scale: Scale;
  readonly share: number;
  readonly lines: readonly Line[];
  readonly runs: number;
  readonly seconds: number;
  /** Plans instead of speed. */
  readonly explain: boolean;
  /** Where the time goes instead of how much. */
  readonly profile: boolean;
}

function wishOf(args: string[]): Wish {
  const { values } = parseArgs({
    args,
    options: {
      scale: { type: 'string', default: 'l' },
      share: { type: 'string', default: '1' },
      lines: { type: 'string' },
      runs: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '1.5' },
      explain: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
    },
  });
  const keys = values.lines?.split(',') ?? lines.map(({ key }) => key);
  const unknown = keys.filter((key) => !lines.some((line) => line.key === key));
  if (unknown.length > 0) throw new Missing(`no line ${unknown.join(', ')}\n${usage}`);
  return {
    scale: values.scale as Scale,
    share: Number(values.share),
    lines: lines.filter(({ key }) => keys.includes(key)),
    runs: Number(values.runs),
    seconds: Number(values.seconds),
    explain: values.explain,
    profile: values.profile,
  };
}

const warmUpSeconds = 5;
/** Of shots that are sent once. */
const warmUpShots = 8;
const portOf = (side: 'ours' | 'limit', place: Place) => (side === 'ours' ? place.port : place.limitPort);

/** Both sides one after the other, so that a slow moment hits both; who begins changes from run to run. */
async function measure(line: Line, place: Place, wish: Wish): Promise<Measured> {
  const core = generatorCore();
  const ask = async (side: 'ours' | 'limit'): Promise<Run> => {
    const { shots, connections = 8, answersEach: each = 1, once } = await line[side](place);
    const port = portOf(side, place);
    const before = cpuBelow();
    const load = await loaded({ port, connections, seconds: wish.seconds, warmSeconds: 0.4, shots, once }, core);
    return { ...load, each, cpu: cpuEach(before, cpuBelow(), load.all) };
  };
  // what is not compiled yet is slow on either side; the product has more of it
  for (const side of ['ours', 'limit'] as const) {
    const { shots, connections = 8, once } = await line[side](place);
    const load = { port: portOf(side, place), connections, seconds: warmUpSeconds, warmSeconds: 0, once };
    await loaded({ ...load, shots: once ? shots.slice(0, warmUpShots) : shots }, core);
  }
  const runs: { ours: Run; limit: Run }[] = [];
  for (let run = 0; run < wish.runs; run++) {
    const first = run % 2 === 0 ? await ask('ours') : undefined;
    const limit = await ask('limit');
    runs.push({ ours: first ?? (await ask('ours')), limit });
  }
  return measured(line, runs);
}

async function profile(line: Line, place: Place, wish: Wish): Promise<string> {
  const { shots } = await line.ours(place);
  const load = { port: place.port, connections: 8, seconds: wish.seconds, warmSeconds: 0, shots };
  // what is compiled on the way is not what is paid for good
  await loaded(load, generatorCore());
  return profiled(() => loaded(load, generatorCore()));
}

/** A tenth of a province lies beside the whole one. */
const placeNameOf = ({ scale, share }: Wish): string => (share === 1 ? scale : `${scale}-${share}`);

/** What a run leaves behind: the table for people, the figures for comparing. */
function report(wish: Wish, found: { results: readonly Measured[]; memory: readonly Memory[]; loads: number[] }): void {
  const text = [
    table(found.results),
    cpuTable(found.results),
    memoryTable(found.memory),
    `load average ${found.loads.join(' → ')}`,
  ].join('\n\n');
  console.log(`\n${text}`);
  const dir = fromRoot('.local/bench');
  mkdirSync(dir, { recursive: true });
  const figures = {
    at: new Date().toISOString(),
    ...{ scale: wish.scale, runs: wish.runs, seconds: wish.seconds, node: process.version, cpu: cpus()[0]?.model },
    cores: cpus().length,
    loads: found.loads,
    lines: found.results.map(({ line, ...figures }) => ({ key: line.key, goal: line.goal, ...figures })),
    memory: found.memory,
  };
  const file = `${dir}/figures-${placeNameOf(wish)}.json`;
  writeFileSync(file, JSON.stringify(figures, null, 2));
  console.log(`figures: ${file}`);
}

/** One account asks for all: the door's token buckets (L1) would be measured, not what lies behind. */
const openDoor = Object.fromEntries(
  ['ACCOUNT', 'PROVINCE', 'ADDRESS_LOG_IN', 'NAME_LOG_IN'].flatMap((bucket) => [
    [`${bucket}_BURST`, '10000000'],
    [`${bucket}${bucket.endsWith('LOG_IN') ? 'S' : ''}_PER_SECOND`, '10000000'],
  ]),
);

async function bench(wish: Wish): Promise<void> {
  if (wish.profile) allowProfiles();
  const say = (line: string) => console.log(`· ${line}`);
  const { scale, share } = wish;
  const dir = fromRoot('.local/bench', placeNameOf(wish));
  const system = await startSystem({ dir, scale, share, port: 0, env: openDoor, say });
  let limit: Awaited<ReturnType<typeof startLimit>> | undefined;
  try {
    say('waiting until every fact has arrived');
    await factsArrived(system);
    const memory = memoryBelow();
    limit = await startLimit(system.adminUrl);
    leaveCoreFree();
    const place = await placeOf(system, limit.port);
    if (wish.explain) {
      console.log(explainedText(await explained(system, place, wish.lines)));
      return;
    }
    if (wish.profile) {
      for (const line of wish.lines) console.log(`\n## ${line.key}\n\n${await profile(line, place, wish)}`);
      return;
    }
    const loads = [loadNow()];
    const results: Measured[] = [];
    for (const line of wish.lines) {
      results.push(await measure(line, place, wish));
      say(`${line.key}: ${results.at(-1)!.ratio.toFixed(2)} of the limit`);
    }
    loads.push(loadNow());
    report(wish, { results, memory, loads });
  } finally {
    await limit?.stop();
    await system.stop();
  }
}

export async function main(args: string[]): Promise<void> {
  try {
    await bench(wishOf(args));
    process.exit(0);
  } catch (failure) {
    console.error(failure instanceof Missing ? failure.message : (failure as Error).stack);
    process.exit(1);
  }
}
