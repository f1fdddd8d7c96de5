import { asAdmin } from '@shidang/dev';
import { emptyDatabase, type SuiteDatabase } from './database';

describe('roles of a database (deploy/postgres)', () => {
  let database: SuiteDatabase;
  const asOwner = (text: string) => asAdmin(database.ownerUrl, async (client) => (await client.query(text)).rows);
  const asApp = (text: string) => asAdmin(database.appUrl, async (client) => (await client.query(text)).rows);

  beforeAll(async () => {
    database = await emptyDatabase();
    await asOwner('create table thing (id int primary key, name text)');
  });
  afterAll(() => database.drop());

  it('lets the app work on tables it does not own', async () => {
    await asApp(`insert into thing values (1, '师')`);
    expect(await asApp('select * from thing')).toEqual([{ id: 1, name: '师' }]);
    await expect(asApp('alter table thing add column more text')).rejects.toThrow('must be owner');
    await expect(asApp('create table another (id int)')).rejects.toThrow('permission denied for schema public');
    await expect(asApp('truncate thing')).rejects.toThrow('permission denied');
  });

  it('keeps both roles from walking around row-level security', async () => {
    const roles = await asAdmin(
      database.adminUrl,
      async (client) =>
        (
          await client.query(
            `select rolname from pg_roles where rolname like 'suite\\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
          )
        ).rows,
    );
    expect(roles).toEqual([]);
  });

  it('keeps the app out of the databases of others', async () => {
    const another = await emptyDatabase('stranger');
    await expect(
      asAdmin(database.appUrl.replace(database.name, another.name), (client) => client.query('select 1')),
    ).rejects.toThrow('permission denied for database');
    await another.drop();
  });

  it('bounds statements, locks and idle transactions of the app', async () => {
    const [row] = await asApp(
      `select current_setting('statement_timeout') s, current_setting('lock_timeout') l, current_setting('idle_in_transaction_session_timeout') i`,
    );
    expect(row).toEqual({ s: '4s', l: '3s', i: '10s' });
  });

  it('splits Chinese names into trigrams', async () => {
    await asOwner('create extension pg_trgm');
    expect(await asApp(`select show_trgm('王小明') <> '{}' as some`)).toEqual([{ some: true }]);
  });
});
