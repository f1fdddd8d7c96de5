import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { Batch } from './load/batch';
import { OwnersDatabases, type Packet } from './load/owners-databases';
import { owners, type Owner } from './load/tables';
import { makeParts } from './parts/part-threads';
import { PasswordHashes } from './rows/password-hashes';
import { addRollUp, type Counts } from './rows/reporting-rows';
import { partsOf } from './world/part';
import { isLean, isScale, scales, type SeedScale } from './world/scale';

const usage = `usage: node dist/tools/seed/main.js --scale ${Object.keys(scales).join('|')} [--share 0.1]
  Environment, for each of ${owners.join(', ')}: SEED_DATABASE_URL_<OWNER> (as superuser); KEY_FILE_<OWNER>.`;

interface Wish {
  readonly scale: SeedScale;
  /** Of the scale's size; a part of a province for trying things out. */
  readonly share: number;
  readonly urls: Readonly<Record<Owner, string>>;
  readonly keyFiles: Readonly<Record<Owner, string>>;
}

function wishOf(args: string[], env: NodeJS.ProcessEnv): Wish {
  const { values } = parseArgs({
    args,
    options: { scale: { type: 'string', default: 's' }, share: { type: 'string', default: '1' } },
  });
  if (!isScale(values.scale)) throw new Error(`no scale ${values.scale}\n${usage}`);
  const each = (prefix: string) =>
    Object.fromEntries(
      owners.map((owner) => {
        const value = env[`${prefix}_${owner.toUpperCase()}`];
        if (!value) throw new Error(`${prefix}_${owner.toUpperCase()} is not set\n${usage}`);
        return [owner, value];
      }),
    ) as Record<Owner, string>;
  const share = Number(values.share);
  if (!(share > 0 && share <= 1)) throw new Error(`--share ${values.share} is not above 0 and at most 1\n${usage}`);
  return { scale: values.scale, share, urls: each('SEED_DATABASE_URL'), keyFiles: each('KEY_FILE') };
}

const dayInChina = (now: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(now);

function rollUpOf(counts: Counts): Packet[] {
  const batch = new Batch();
  addRollUp(batch, counts);
  return [...batch.all()].map(({ text, ...of }) => ({ ...of, bytes: Buffer.from(text) }));
}

/** Seconds since it was last asked. */
function stopwatch(): () => number {
  let since = Date.now();
  return () => {
    const [before, now] = [since, Date.now()];
    since = now;
    return (now - before) / 1000;
  };
}

async function seed({ scale, share, urls, keyFiles }: Wish): Promise<string> {
  const now = new Date();
  const databases = await OwnersDatabases.open(urls);
  try {
    const used = await databases.inUse();
    if (used.length > 0) return `there is data already (${used.join(', ')}): nothing is seeded`;
    const { known, nobodys } = await PasswordHashes.make();
    // a few thousand rows are put into the indexes sooner than the indexes are made
    if (isLean(scale)) await databases.dropIndexes();
    const lap = stopwatch();
    const work = { today: dayInChina(now), now: now.getTime(), keyFiles, known, nobodys };
    const size = {
      schools: Math.round(scales[scale].schools * share),
      teachers: Math.round(scales[scale].teachers * share),
    };
    const counts = await makeParts(partsOf(scale, size), { ...work, write: (packets) => databases.write(packets) });
    await databases.write(rollUpOf(counts));
    const copied = lap();
    await databases.makeIndexes();
    const indexed = lap();
    await databases.commit();
    const { schools, teachers } = size;
    const rate = Math.round(teachers / copied);
    return `${schools} schools, ${teachers} teachers: rows ${copied.toFixed(1)} s (${rate} teachers/s), indexes ${indexed.toFixed(1)} s, commit and analyze ${lap().toFixed(1)} s`;
  } finally {
    await databases.close();
  }
}

seed(wishOf(process.argv.slice(2), process.env)).then(
  (done) => console.log(done),
  (failure: Error) => {
    console.error(failure.stack);
    process.exitCode = 1;
  },
);
