import { serviceNames, type ServiceName } from '@shidang/contracts';
import { asAdmin } from '@shidang/dev';
import { migrationsOf, type NamedMigration } from '@shidang/persistence';
import { databaseOf } from '../backup/counted-rows';
import { adminUrlOf, type Asked, type Command, type Outcome } from '../command';
import { schemaOf } from '../restore/sealed-values';
import { linterIsHere, lockingStatements } from './locking-statements';

interface Status {
  readonly service: ServiceName;
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  /** Of the pending ones: what is not expand-only. */
  readonly locking: readonly string[];
  /** How long a migration waits for a lock, as the owner role has it. */
  readonly lockTimeout?: string;
}

/** What it would run, without a database. */
export function statementsOf({ migration }: NamedMigration): string[] {
  const made = new migration({} as never, {} as never);
  void made.up();
  return made.getQueries().map(String);
}

async function statusOf(asked: Asked, service: ServiceName): Promise<Status> {
  const known = await migrationsOf(await schemaOf(service));
  const { names, lockTimeout } = await asAdmin(databaseOf(adminUrlOf(asked), service), async (client) => {
    const { rows } = await client.query<{ name: string }>('select name from mikro_orm_migrations order by id');
    const { rows: settings } = await client.query<{ setting: string }>(
      `select split_part(s, '=', 2) as setting from pg_roles, unnest(rolconfig) s
       where rolname = $1 and s like 'lock_timeout=%'`,
      [`${service}_owner`],
    );
    return { names: rows.map(({ name }) => name), lockTimeout: settings[0]?.setting };
  });
  const pending = known.filter(({ name }) => !names.includes(name));
  const locking = linterIsHere()
    ? pending.flatMap((one) => lockingStatements(statementsOf(one)).map((sentence) => `${one.name}: ${sentence}`))
    : [];
  return { service, applied: names, pending: pending.map(({ name }) => name), locking, lockTimeout };
}

/** `1s`, `500ms`: at most a second, and not 0, which is for ever. */
export function waitsTooLong(lockTimeout: string | undefined): boolean {
  const [, n, unit] = /^(\d+)(ms|s)?$/.exec(lockTimeout ?? '') ?? [];
  const milliseconds = Number(n) * (unit === 's' ? 1000 : 1);
  return !(milliseconds > 0 && milliseconds <= 1000);
}

function wordsOf({ service, applied, pending, locking, lockTimeout }: Status): string[] {
  return [
    `${service}: ${applied.length} applied, ${pending.length === 0 ? 'none pending' : `pending ${pending.join(', ')}`}`,
    ...locking.map((sentence) => `  not expand-only: ${sentence}`),
    ...(waitsTooLong(lockTimeout)
      ? [`  ${service}_owner has lock_timeout ${lockTimeout ?? 'unset'}: run deploy/postgres/roles.sql (≤ 1 s, S3)`]
      : []),
  ];
}

const status: Command = {
  usage: 'migrate status   applied and pending migrations per service, and whether the pending ones only expand',
  async run(asked): Promise<Outcome> {
    const found: Status[] = [];
    for (const service of serviceNames) found.push(await statusOf(asked, service));
    const wrong = found.some(
      ({ pending, locking, lockTimeout }) => pending.length + locking.length > 0 || waitsTooLong(lockTimeout),
    );
    const unlinted = linterIsHere() ? [] : ['squawk is not installed here: pending migrations were not looked into'];
    return { code: wrong ? 1 : 0, words: [...found.flatMap(wordsOf), ...unlinted], facts: found };
  },
};

export const migrateCommands = { 'migrate status': status } satisfies Record<string, Command>;
