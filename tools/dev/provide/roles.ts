import { readFileSync } from 'node:fs';
import { Client, escapeLiteral } from 'pg';
import { fromRoot } from '../workspace';

export interface DatabaseAccess {
  /** As the owner: migrations, seeding. */
  readonly ownerUrl: string;
  /** As the service works. */
  readonly appUrl: string;
}

export interface RolePasswords {
  readonly owner: string;
  readonly app: string;
}

/** The files of deploy/postgres speak psql: `:'name'` is a quoted variable, `\gexec` runs what the query answers. */
function statements(file: string, variables: Record<string, string>): { text: string; runAnswer: boolean }[] {
  const sql = readFileSync(fromRoot('deploy/postgres', file), 'utf8')
    .replace(/^\s*--.*$/gm, '')
    .replace(/:'(\w+)'/g, (_, name: string) => escapeLiteral(variables[name] ?? ''));
  return [...sql.matchAll(/([^;\\]+)(;|\\gexec)/g)].map(([, text, end]) => ({
    text: (text ?? '').trim(),
    runAnswer: end === '\\gexec',
  }));
}

async function runFile(client: Client, file: string, variables: Record<string, string>): Promise<void> {
  for (const { text, runAnswer } of statements(file, variables)) {
    const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' });
    if (!runAnswer) continue;
    for (const cell of rows.flat()) await client.query(String(cell));
  }
}

export const inDatabase = (url: string, database: string, user?: string, password?: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  if (user !== undefined) changed.username = encodeURIComponent(user);
  if (password !== undefined) changed.password = encodeURIComponent(password);
  return changed.href;
};

export async function asAdmin<T>(adminUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The service's two roles and its database `shidang_<service>`, as deploy/postgres lays them down. */
export async function ensureDatabase(
  adminUrl: string,
  service: string,
  passwords: RolePasswords,
): Promise<DatabaseAccess> {
  const variables = { service, owner_password: passwords.owner, app_password: passwords.app };
  const database = `shidang_${service}`;
  await asAdmin(adminUrl, (client) => runFile(client, 'roles.sql', variables));
  await asAdmin(inDatabase(adminUrl, database), (client) => runFile(client, 'database.sql', variables));
  return accessTo(adminUrl, service, passwords, database);
}

export const accessTo = (
  adminUrl: string,
  service: string,
  passwords: RolePasswords,
  database: string,
): DatabaseAccess => ({
  ownerUrl: inDatabase(adminUrl, database, `${service}_owner`, passwords.owner),
  appUrl: inDatabase(adminUrl, database, `${service}_app`, passwords.app),
});
