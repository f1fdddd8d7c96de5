import { randomBytes } from 'node:crypto';
import { serviceNames, type ServiceName } from '@shidang/contracts';
import {
  accessTo,
  asAdmin,
  ensureDatabase,
  inDatabase,
  migrateOnce,
  serviceEnvironment,
  type DatabaseAccess,
} from '@shidang/dev';
import { Client } from 'pg';
import { alone, currentRun } from './run';

/** A database of one suite, with the owner and app roles of deploy/postgres. */
export interface SuiteDatabase extends DatabaseAccess {
  readonly name: string;
  /** As superuser: row-level security does not bind it. For looking, not for the code under test. */
  readonly adminUrl: string;
  /** The same on one connection that is kept: a new one each time costs more than most of what is asked. */
  rows<Row extends object>(text: string, params?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/** Lends one connection, made when somebody first looks and again when it was cut. PostgreSQL does not count what it scans. */
class Onlooker {
  private client?: Promise<Client>;

  constructor(private readonly url: string) {}

  async rows<Row extends object>(text: string, params: unknown[] = []): Promise<Row[]> {
    const client = await (this.client ??= this.connected());
    return (await client.query(text, params)).rows as Row[];
  }

  async leave(): Promise<void> {
    await (await this.client)?.end();
  }

  private async connected(): Promise<Client> {
    const client = new Client({ connectionString: this.url, options: '-c track_counts=off' });
    const forget = () => (this.client = undefined);
    client.once('error', forget).once('end', forget);
    await client.connect().catch((failure: unknown) => {
      forget();
      throw failure;
    });
    return client;
  }
}

const passwordsOf = (owner: string) => {
  const { databases, postgresAdmin } = currentRun().secrets;
  return serviceNames.includes(owner as ServiceName)
    ? databases[owner as ServiceName]
    : { owner: postgresAdmin, app: postgresAdmin };
};

async function exists(database: string): Promise<boolean> {
  const { rowCount } = await asAdmin(currentRun().adminUrl, (client) =>
    client.query('select from pg_database where datname = $1 and datistemplate', [database]),
  );
  return rowCount === 1;
}

/** `shidang_<owner>`, laid down once per run; suites get copies of it, which takes some 40 ms. */
async function ensureTemplate(owner: string, fill: (access: DatabaseAccess) => Promise<void>): Promise<string> {
  const template = `shidang_${owner}`;
  await alone(template, async () => {
    if (await exists(template)) return;
    await fill(await ensureDatabase(currentRun().adminUrl, owner, passwordsOf(owner)));
    await asAdmin(currentRun().adminUrl, (client) => client.query(`alter database ${template} is_template true`));
  });
  return template;
}

async function copyOf(template: string, owner: string): Promise<SuiteDatabase> {
  const { adminUrl } = currentRun();
  const name = `${owner}_${randomBytes(6).toString('hex')}`;
  // Two copies of one template at a time would refuse each other.
  await alone(template, () =>
    asAdmin(adminUrl, async (client) => {
      // without fsync files are copied for a third of what it costs to write each page into the log
      await client.query(`create database ${name} template ${template} strategy file_copy owner ${owner}_owner`);
      await client.query(`revoke all on database ${name} from public`);
      await client.query(`grant connect, temporary on database ${name} to ${owner}_app`);
    }),
  );
  const own = inDatabase(adminUrl, name);
  const onlooker = new Onlooker(own);
  return {
    name,
    adminUrl: own,
    ...accessTo(adminUrl, owner, passwordsOf(owner), name),
    rows: (text, params) => onlooker.rows(text, params),
    async drop() {
      await onlooker.leave();
      await asAdmin(adminUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** A migrated database of the service for this suite alone. */
export async function databaseFor(service: ServiceName): Promise<SuiteDatabase> {
  const { dir, secrets } = currentRun();
  const template = await ensureTemplate(service, async (database) => {
    const place = { dir, secrets, natsUrl: 'nats://127.0.0.1:1', healthPort: 0, database, throwAway: true };
    await migrateOnce(service, await serviceEnvironment(service, place), database.ownerUrl);
  });
  return copyOf(template, service);
}

/** A database with roles and without tables, for suites that bring their own. `owner` names the roles: lower case, no dash. */
export async function emptyDatabase(owner = 'suite'): Promise<SuiteDatabase> {
  return copyOf(await ensureTemplate(owner, async () => undefined), owner);
}
