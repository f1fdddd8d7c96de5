import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { FileKeyProvider, Vault } from '@shidang/persistence';
import { OwnersDatabases } from './load/owners-databases';
import { owners, type Owner } from './load/tables';
import { PasswordHashes } from './rows/password-hashes';
import { Seeding } from './seeding';
import { isScale, scales, type SeedScale } from './world/scale';
import { planWorld } from './world/world';

const usage = `usage: node dist/tools/seed/main.js --scale s|m|l|county
  Environment, for each of ${owners.join(', ')}: SEED_DATABASE_URL_<OWNER> (as superuser); KEY_FILE_<OWNER>.`;

interface Wish {
  readonly scale: SeedScale;
  readonly urls: Readonly<Record<Owner, string>>;
  readonly keyFiles: Readonly<Record<Owner, string>>;
}

function wishOf(args: string[], env: NodeJS.ProcessEnv): Wish {
  const { values } = parseArgs({ args, options: { scale: { type: 'string', default: 's' } } });
  if (!isScale(values.scale)) throw new Error(`no scale ${values.scale}\n${usage}`);
  const each = (prefix: string) =>
    Object.fromEntries(
      owners.map((owner) => {
        const value = env[`${prefix}_${owner.toUpperCase()}`];
        if (!value) throw new Error(`${prefix}_${owner.toUpperCase()} is not set\n${usage}`);
        return [owner, value];
      }),
    ) as Record<Owner, string>;
  return { scale: values.scale, urls: each('SEED_DATABASE_URL'), keyFiles: each('KEY_FILE') };
}

const dayInChina = (now: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(now);

/** Rows are made while the last ones are being written. */
async function write(seeding: Seeding, databases: OwnersDatabases): Promise<void> {
  let writing = Promise.resolve();
  for await (const batch of seeding.batches()) {
    await writing;
    writing = databases.write(batch);
    // awaited at the next turn; a failure meanwhile must not end the process by itself
    writing.catch(() => undefined);
  }
  await writing;
}

async function seed({ scale, urls, keyFiles }: Wish): Promise<string> {
  const now = new Date();
  const databases = await OwnersDatabases.open(urls);
  try {
    const used = await databases.inUse();
    if (used.length > 0) return `there is data already (${used.join(', ')}): nothing is seeded`;
    const vault = (owner: Owner) => new Vault(new FileKeyProvider(keyFiles[owner]));
    const vaults = { identity: vault('identity'), records: vault('records'), review: vault('review') };
    const world = planWorld(scale, dayInChina(now));
    await write(new Seeding(world, vaults, await PasswordHashes.make(), now), databases);
    await databases.commit();
    const { schools, teachers } = scales[scale];
    return `${schools} schools, ${teachers} teachers in ${((Date.now() - now.getTime()) / 1000).toFixed(1)} s`;
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
