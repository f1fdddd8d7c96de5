import { readFileSync } from 'node:fs';
import type { Migration } from '@mikro-orm/migrations';
import type { DurableName } from '@shidang/contracts';
import { MikroORM, PostgreSqlDriver, type Options } from '@mikro-orm/postgresql';
import { assertEveryEntityDeclaresScope } from './scoped';

type EntityClass = new (...args: never[]) => object;
type MigrationClass = new (...args: ConstructorParameters<typeof Migration>) => Migration;

export interface NamedMigration {
  readonly name: string;
  readonly migration: MigrationClass;
}

/**
 * What arises by consuming only and so can be emptied and told again from the producers' outboxes (W3, `npm run rebuild`).
 * Handlers of these durables change no other table for good: what people did or the service decided is not in here.
 */
export interface ReadModel {
  tables: readonly string[];
  /** All that write the tables; facts come producer by producer in this order, of each in the order they were told. */
  durables: readonly DurableName[];
  /** Verb of the service that sets right what is also counted from tables that stay. */
  afterwards?: string;
}

/** A service's part of the schema. */
export interface Schema {
  entities: readonly EntityClass[];
  /** In order, after the bones every service has. Loaded when somebody migrates: a running service does without. */
  migrations?: () => Promise<{ readonly migrations: readonly NamedMigration[] }>;
  readModel?: ReadModel;
  /**
   * Queries that answer sealed values with their places: `sealed`, "table", "column", "row" (text). A restored database is proved to
   * open with the keys saved beside it by them.
   */
  sealed?: readonly string[];
}

/** Every migration of a service in order: the bones, then its own. */
export async function migrationsOf(schema: Schema): Promise<readonly NamedMigration[]> {
  const [bones, own] = await Promise.all([import('./bones.js'), schema.migrations?.()]);
  return [...bones.migrations, ...(own?.migrations ?? [])];
}

/** With an authority: TLS, and the server shows a certificate for its name (`verify-full`). */
export interface Trust {
  caFile?: string;
}

const trusting = ({ caFile }: Trust): Pick<Options, 'driverOptions'> =>
  caFile ? { driverOptions: { connection: { ssl: { ca: readFileSync(caFile, 'utf8') } } } } : {};

function options(url: string, schema: Schema, trust: Trust): Options {
  return {
    driver: PostgreSqlDriver,
    clientUrl: url,
    ...trusting(trust),
    entities: [...schema.entities],
    discovery: { warnWhenNoEntities: false, requireEntitiesArray: true },
    forceUtcTimezone: true,
    logger: () => undefined,
    pool: { min: 1, max: 10 },
  };
}

/**
 * Opens the database as the application: scope declarations and the lock itself are checked before anything runs.
 * `throwAway`: a test's database, which may lose what it acknowledged.
 */
export async function openDatabase(
  url: string,
  schema: Schema,
  { throwAway = false, ...trust }: { throwAway?: boolean } & Trust = {},
): Promise<MikroORM> {
  assertEveryEntityDeclaresScope(schema.entities);
  const orm = await MikroORM.init(options(url, schema, trust));
  try {
    await assertLocked(orm);
    if (!throwAway) await assertDurable(orm);
  } catch (error) {
    await orm.close(true);
    throw error;
  }
  return orm;
}

/** Applies what is missing, as the owner of the tables. Returns the names applied. */
export async function migrateDatabase(ownerUrl: string, schema: Schema, trust: Trust = {}): Promise<string[]> {
  const [{ Migrator }, all] = await Promise.all([import('@mikro-orm/migrations'), migrationsOf(schema)]);
  const orm = await MikroORM.init({
    ...options(ownerUrl, schema, trust),
    extensions: [Migrator],
    migrations: {
      migrationsList: all.map(({ name, migration }) => ({ name, class: migration })),
      snapshot: false,
      allOrNothing: true,
      disableForeignKeys: false,
      transactional: true,
    },
  });
  try {
    return (await orm.getMigrator().up()).map((applied) => applied.name);
  } finally {
    await orm.close(true);
  }
}

/** Refuses to start where row-level security could be walked around or a commit could be lost (A2, W1). */
async function assertLocked(orm: MikroORM): Promise<void> {
  const connection = orm.em.getConnection();
  const rows = async (query: string) => (await connection.execute(query, [], 'all')) as Record<string, unknown>[];
  const open = await rows(
    `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
       and c.relname <> 'mikro_orm_migrations'`,
  );
  if (open.length > 0)
    throw new Error(`tables without forced row-level security: ${open.map((r) => r['relname']).join(', ')}`);
  const [role] = await rows(
    `select r.rolsuper or r.rolbypassrls as mighty,
            exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = 'public' and c.relowner = r.oid) as owner
     from pg_roles r where r.rolname = current_user`,
  );
  if (role?.['mighty'] || role?.['owner'])
    throw new Error('the application role must be neither superuser, owner nor BYPASSRLS');
}

/** W1: what was acknowledged stays, also when the power goes. */
async function assertDurable(orm: MikroORM): Promise<void> {
  const off = (await orm.em
    .getConnection()
    .execute(
      `select name from pg_settings where name in ('full_page_writes', 'synchronous_commit', 'fsync') and setting = 'off'`,
    )) as {
    name: string;
  }[];
  if (off.length > 0)
    throw new Error(`PostgreSQL may lose what it acknowledged: ${off.map((s) => s.name).join(', ')} is off`);
}
