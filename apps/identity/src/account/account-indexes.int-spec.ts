import {
  claimPerson,
  claimPersons,
  confirmPersons,
  countAccounts,
  createAccount,
  findPosts,
  foundOrganisation,
  grantPost,
  issueSlip,
  listAccountCoverage,
  listAccounts,
  previewAccountBatch,
  readAccount,
  readMe,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { ServiceSuite } from '@shidang/testing';
import { identity as identityService } from '../identity.service';
import { aDocument, RunningIdentity, type SignedIn } from '../identity.testing';

const schools = 300;
const accounts = 10_000;

/** What is asked every day reads no whole table (performance: nothing over 10,000 rows without an index). */
describe(`among ${accounts} accounts of ${schools} schools`, () => {
  let identity: RunningIdentity;
  let centre: SignedIn;
  let school: SignedIn;

  beforeAll(async () => {
    identity = await RunningIdentity.on(await ServiceSuite.start(identityService, { POST_LOOK_MS: '3600000' }));
    centre = await identity.centre();
    await identity.ask(foundOrganisation, { code: '330000', name: '浙江省教育厅' }, centre);
    const province = await identity.administratorBelow(centre, '330000');
    await identity.ask(foundOrganisation, { code: '2133001234', name: '实验小学', runningType: '211' }, province);
    school = await identity.administratorBelow(province, '2133001234');
    await identity.rows(
      `insert into account (id, org_path, org_code, login_name, person_id, status, sessions_from, created_at)
       select gen_random_uuid(), '0.33.3311.331102.' || code || '.', code, 'x' || n || '@' || code, gen_random_uuid(), 'issued', now(), now()
       from (select n, (2133900000 + n % $2)::text as code from generate_series(1, $1::int) n) made`,
      [accounts, schools],
    );
    await identity.rows(
      `insert into post (id, account_id, role, tier, org_path, org_code, granted_at)
       select gen_random_uuid(), id, 'informationViewer', 'school', org_path, org_code, now() from account where login_name like 'x%'`,
    );
    await identity.rows(
      `insert into person (id, blind, document_type, document, name, bound_at)
       select person_id, md5(login_name), '1', 'sealed', '某人', now() from account where login_name like 'x%'`,
    );
    for (const table of ['account', 'post', 'person']) await identity.rows(`vacuum analyze ${table}`);
  }, 120_000);
  afterAll(() => identity?.stop());

  /** Counted by PostgreSQL itself; a backend reports when it ends at the latest. */
  const sequentialScans = async () => {
    await identity.rows(
      `select pg_terminate_backend(pid, 1000) from pg_stat_activity where datname = current_database() and usename = 'identity_app' and state = 'idle'`,
    );
    const rows = await identity.rows<{ relname: string; seq_scan: string }>(
      `select relname, seq_scan from pg_stat_user_tables where relname in ('account', 'post', 'person')`,
    );
    return Object.fromEntries(rows.map((row) => [row.relname, Number(row.seq_scan)]));
  };

  it('logging in, reading, listing, issuing and claiming ask an index', async () => {
    const before = await sequentialScans();
    const viewer = await identity.user(school, 'informationViewer');
    await identity.ask(readMe, {}, viewer);
    const { accountId } = viewer.caller;
    await identity.ask(readAccount, { accountId }, school);
    for (const by of [school, centre]) await identity.ask(listAccounts, { limit: 50 }, by);
    for (const by of [school, centre]) {
      await identity.ask(countAccounts, { q: '张' }, by);
      await identity.ask(listAccountCoverage, { limit: 50, lacking: 'yes' }, by);
    }
    await identity.ask(listAccounts, { state: 'waiting' }, school);
    await identity.ask(listAccounts, { loginName: 'info', role: 'informationViewer' }, school);
    await identity.ask(previewAccountBatch, { organisations: ['330000'], role: 'systemAdministrator' }, centre);
    await identity.ask(grantPost, { accountId, role: 'informationAdministrator' }, school);
    const fresh = await identity.ask(createAccount, { role: 'principal' }, school);
    await identity.ask(issueSlip, { accountId: fresh.accountId }, school);
    await identity.fromRecords(findPosts, { orgPath: school.caller.orgPath, roles: ['principal'] });
    await identity.fromRecords(claimPerson, { teacherId: newId(), name: '赵六', document: aDocument() });
    const claims = Array.from({ length: 200 }, () => ({ teacherId: newId(), name: '赵六', document: aDocument() }));
    await identity.fromRecords(claimPersons, { claims });
    await identity.fromRecords(confirmPersons, { teacherIds: claims.map(({ teacherId }) => teacherId) });
    const after = await sequentialScans();
    const read = Object.keys(after).map((table) => [table, after[table]! - before[table]!]);
    expect(Object.fromEntries(read)).toEqual({ account: 0, post: 0, person: 0 });
  }, 60_000);
});
