import {
  accountActivated,
  accountIssued,
  caseMoved,
  confirmHeadCount,
  declareHeadCount,
  listProgressChildren,
  listProgressTeachers,
  organisationMoved,
  readHeadCount,
  readProgress,
  recordChanged,
  recordEffective,
  teacherAccountsIssued,
  teacherRegistered,
  teachersRegistered,
  teachersImported,
  type CaseMoved,
  type CaseStage,
  type OrganisationProgress,
} from '@shidang/contracts';
import { asAdmin } from '@shidang/dev';
import { newId } from '@shidang/persistence';
import { eventually } from '@shidang/testing';
import { aCaller, paths, refusalOf, RunningReporting } from '../reporting.testing';
import { Recount } from '../rollup/recount';

let reporting: RunningReporting;
const city = aCaller(paths.city);
const county = aCaller(paths.county);
const school = aCaller(paths.school);
const principal = aCaller(paths.school, 'principal');

beforeAll(async () => {
  reporting = await RunningReporting.start();
  await reporting.foundTree();
  await eventually(
    async () => (await reporting.rows(`select 1 from organisation`)).length === Object.keys(paths).length,
    'the tree is known',
  );
});
afterAll(() => reporting?.stop());
// each test counts from nothing: what stays are the organisations
beforeEach(async () => {
  await reporting.rows(`truncate teacher_state, account_state, head_count`);
  await reporting.rows(`delete from rollup where measure <> 'schools'`);
});

const register = (teacherId: string, orgPath: string = paths.school) =>
  reporting.tell(teacherRegistered, {
    orgPath,
    teacherId,
    personId: newId(),
    schoolCode: orgPath.split('.').at(-2)!,
    category: 'primarySecondary',
    sex: '2',
    birthMonth: '1985-12',
    version: 1,
  });

const moved = (teacherId: string, stage: CaseStage, version: number, over: Partial<CaseMoved> = {}) =>
  reporting.tell(caseMoved, {
    orgPath: paths.school,
    teacherId,
    caseId: newId(),
    submissionId: newId(),
    schoolCode: '2133001234',
    category: 'primarySecondary',
    kind: 'first',
    stage,
    submittedBy: newId(),
    schoolSkipped: false,
    version,
    ...over,
  });

const effective = (teacherId: string, version: number) =>
  reporting.tell(recordEffective, {
    orgPath: paths.school,
    teacherId,
    submissionId: newId(),
    kind: 'first',
    effectiveVersion: 1,
    version,
    formalCode: true,
    facts: { 'basic.highestEducation': '21' },
  });

const counts = (progress: OrganisationProgress) =>
  Object.fromEntries(progress.statuses.filter((s) => s.n > 0).map((s) => [s.status, s.n]));
const seen = async (code: string) => counts(await reporting.ask(readProgress, { code }, city));
const becomes = (code: string, expected: object) =>
  eventually(
    async () => {
      expect(await seen(code)).toEqual(expected);
      return true;
    },
    `${code} counts ${JSON.stringify(expected)}`,
  );

describe('progress from the facts of records and review', () => {
  it('follows one teacher to effective, in the school and every tier above', async () => {
    const teacherId = newId();
    await register(teacherId);
    await becomes('331100', { 'not-started': 1 });
    await reporting.tell(recordChanged, { orgPath: paths.school, teacherId, stage: 'complete', version: 2 });
    await becomes('331102', { complete: 1 });
    await moved(teacherId, 'school-review', 1);
    await becomes('2133001234', { 'school-review': 1 });
    await moved(teacherId, 'authority-review', 2);
    await becomes('331100', { 'authority-review': 1 });
    await moved(teacherId, 'approved', 3);
    await effective(teacherId, 3);
    for (const code of ['331100', '331102', '2133001234']) await becomes(code, { effective: 1 });
    expect(await reporting.service.app.get(Recount).run()).toEqual([]);
  });

  it('counts each fact once, in whatever order it comes', async () => {
    const teacherId = newId();
    const again = newId();
    await effective(teacherId, 5);
    await moved(teacherId, 'approved', 3);
    await reporting.tell(recordChanged, { orgPath: paths.school, teacherId, stage: 'draft', version: 2 }, again);
    await moved(teacherId, 'school-review', 1);
    await register(teacherId);
    await register(newId());
    await becomes('331102', { effective: 1, 'not-started': 1 });
    const rows = await reporting.rows(`select category, sex, birth_month from teacher_state where teacher_id = $1`, [
      teacherId,
    ]);
    expect(rows).toEqual([{ category: 'primarySecondary', sex: '2', birth_month: '1985-12' }]);
    expect(await reporting.service.app.get(Recount).run()).toEqual([]);
  });

  it('an import of 500 is one fact and touches each figure once', async () => {
    const teachers = Array.from({ length: 500 }, () => ({
      teacherId: newId(),
      stage: 'complete' as const,
      version: 2,
    }));
    await reporting.tell(teachersImported, { orgPath: paths.school, importId: newId(), teachers });
    await becomes('331100', { complete: 500 });
  });

  it('a count that drifted is reported and set right', async () => {
    await register(newId());
    await becomes('331102', { 'not-started': 1 });
    await reporting.rows(`update rollup set n = 7 where org_path = $1 and measure = 'status:not-started'`, [
      paths.county,
    ]);
    const drift = {
      org_path: paths.county,
      measure: 'status:not-started',
      category: 'primarySecondary',
      counted: 1,
      kept: 7,
    };
    expect(await reporting.service.app.get(Recount).run()).toEqual([drift]);
    expect(await seen('331102')).toEqual({ 'not-started': 1 });
  });

  it('a school that moves takes its figures to the new authority', async () => {
    await register(newId(), paths.otherSchool);
    await becomes('331121', { 'not-started': 1 });
    const to = '0.33.3311.331102.2133002345.';
    const move = { orgPath: to, code: '2133002345', parentCode: '331102', fromPath: paths.otherSchool, version: 2 };
    await reporting.tell(organisationMoved, move);
    await becomes('331121', {});
    await becomes('331102', { 'not-started': 1 });
    await register(newId(), paths.otherSchool);
    await becomes('331102', { 'not-started': 2 });
    expect(await reporting.service.app.get(Recount).run()).toEqual([]);
    const back = { orgPath: paths.otherSchool, code: '2133002345', parentCode: '331121', fromPath: to, version: 3 };
    await reporting.tell(organisationMoved, back);
    await becomes('331121', { 'not-started': 2 });
  });
});

describe('what progress shows', () => {
  it('rates are shares of the declared head count, and whose turn it is', async () => {
    const teacherId = newId();
    await register(teacherId);
    await effective(teacherId, 3);
    const code = '2133001234';
    const { etag } = await reporting.ask(readHeadCount, { code }, school);
    await reporting.ask(declareHeadCount, { code, declared: 40 }, principal, { ifMatch: etag });
    await reporting.ask(confirmHeadCount, { code, declared: 40 }, county);
    await becomes(code, { effective: 1 });
    const progress = await reporting.ask(readProgress, { code: '331102' }, city);
    expect(progress).toMatchObject({ headCount: 40, schools: 1, schoolsDeclared: 1, schoolsConfirmed: 1 });
    expect(progress.rates.effective).toBe(0.025);
    expect(progress.turns).toContainEqual({ turn: 'school', n: 39 });
    const other = await reporting.ask(readProgress, { code: '331121' }, city);
    expect(other.rates.effective).toBeUndefined();
    expect(await reporting.service.app.get(Recount).run()).toEqual([]);
  });

  it('the children of an authority are one page, each with its figures', async () => {
    await register(newId());
    await becomes('331102', { 'not-started': 1 });
    const children = await reporting.ask(listProgressChildren, { code: '331100' }, city);
    expect(children.items.map((item) => [item.organisation.code, item.figures.registered])).toEqual([
      ['2133001999', 0],
      ['331102', 1],
      ['331121', 0],
    ]);
    const first = await reporting.ask(listProgressChildren, { code: '331100', limit: 2 }, city);
    expect(first.page.total).toBe(3);
    const rest = await reporting.ask(listProgressChildren, { code: '331100', limit: 2, cursor: first.page.next }, city);
    expect(rest.items.map((item) => item.organisation.code)).toEqual(['331121']);
    expect(rest.page.next).toBeUndefined();
    const stolen = reporting.ask(
      listProgressChildren,
      { code: '331100', cursor: first.page.next },
      aCaller(paths.city),
    );
    expect(await refusalOf(stolen)).toBe('request.malformed');
  });

  it('accounts are counted by role, issued and activated, once', async () => {
    const account = { accountId: newId(), orgCode: '2133001234', orgPath: paths.school, role: 'teacher' };
    await reporting.tell(accountActivated, { ...account, personId: newId() });
    await reporting.tell(accountIssued, account);
    await reporting.tell(accountIssued, { ...account, accountId: newId() });
    await eventually(async () => {
      const { accounts } = await reporting.ask(readProgress, { code: '331100' }, city);
      expect(accounts).toEqual([{ role: 'teacher', issued: 2, activated: 1 }]);
      return true;
    }, 'two issued, one activated');
  });

  it('a list of teachers and of their accounts counts as each of them alone, once', async () => {
    const [first, second, third] = [newId(), newId(), newId()];
    const known = { personId: newId(), sex: '2', birthMonth: '1985-12', version: 1 };
    const list = {
      ...{ orgPath: paths.school, schoolCode: '2133001234', category: 'primarySecondary' },
      teachers: [first, second, third].map((teacherId) => ({ teacherId, ...known })),
    };
    // what came later is not undone by the list
    await reporting.tell(recordChanged, { orgPath: paths.school, teacherId: first, stage: 'draft', version: 2 });
    await register(second);
    await reporting.tell(teachersRegistered, list);
    await becomes('331100', { draft: 1, 'not-started': 2 });
    const rows = await reporting.rows(`select distinct sex, birth_month, category from teacher_state`);
    expect(rows).toEqual([{ sex: '2', birth_month: '1985-12', category: 'primarySecondary' }]);
    const accounts = [first, second, third].map((teacherId) => ({
      ...{ accountId: newId(), postId: newId(), personId: newId(), teacherId, version: 1 },
    }));
    const account = {
      accountId: accounts[0]!.accountId,
      orgCode: '2133001234',
      orgPath: paths.school,
      role: 'teacher',
    };
    await reporting.tell(accountActivated, { ...account, personId: newId() });
    await reporting.tell(teacherAccountsIssued, { orgPath: paths.school, orgCode: '2133001234', accounts });
    await eventually(async () => {
      const progress = await reporting.ask(readProgress, { code: '331100' }, city);
      expect(progress.accounts).toEqual([{ role: 'teacher', issued: 3, activated: 1 }]);
      return true;
    }, 'three issued, one activated');
  });

  it('an account of which two replicas are told at the same moment is counted once', async () => {
    const account = { accountId: newId(), orgCode: '2133001234', orgPath: paths.school, role: 'principal' };
    await asAdmin(reporting.database.adminUrl, async (client) => {
      await client.query('begin');
      await client.query(
        `insert into account_state (account_id, role, org_code, org_path, issued) values ($1, $2, $3, $4, true)`,
        [account.accountId, account.role, account.orgCode, account.orgPath],
      );
      await reporting.tell(accountActivated, { ...account, personId: newId() });
      await eventually(async () => {
        const waiting = await reporting.database.rows(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return waiting.length > 0;
      }, 'this replica waits for the other');
      await client.query('commit');
    });
    const counted = () =>
      reporting.database.rows<{ measure: string; n: number }>(
        `select measure, n from rollup where org_path = $1 and measure like 'accounts-%:principal' order by measure`,
        [paths.school],
      );
    await eventually(async () => (await counted()).length > 0, 'the activation is counted');
    // the other replica has counted that it was issued
    expect(await counted()).toEqual([{ measure: 'accounts-activated:principal', n: 1 }]);
  });

  it('a teacher whom another consumer makes at the same moment is moved on from there', async () => {
    const [theirs, other] = [newId(), newId()];
    const known = { personId: newId(), sex: '2', birthMonth: '1985-12', version: 1 };
    const listed = [theirs, other].map((teacherId) => ({ teacherId, ...known }));
    const list = { orgPath: paths.school, schoolCode: '2133001234', category: 'primarySecondary', teachers: listed };
    await asAdmin(reporting.database.adminUrl, async (client) => {
      await client.query('begin');
      await client.query(
        `insert into teacher_state (teacher_id, org_path, case_id, case_stage, case_version, status) values ($1, $2, $3, 'school-review', 1, 'school-review')`,
        [theirs, paths.school, newId()],
      );
      await reporting.tell(teachersRegistered, list);
      await eventually(async () => {
        const waiting = await reporting.database.rows(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return waiting.length > 0;
      }, 'this consumer waits for the other');
      await client.query('commit');
    });
    const state = () =>
      reporting.rows(
        `select case_version, sex, status from teacher_state where record_version = 1 and teacher_id = $1`,
        [theirs],
      );
    await eventually(async () => (await state()).length > 0, 'the list is followed');
    expect(await state()).toEqual([{ case_version: 1, sex: '2', status: 'school-review' }]);
    await becomes('2133001234', { 'not-started': 1 });
  });

  it('the teachers behind a figure are listed by whose turn it is and by idleness', async () => {
    const [idle, working] = [newId(), newId()].sort() as [string, string];
    await register(idle);
    await register(working);
    await moved(working, 'school-review', 1);
    await becomes('331102', { 'not-started': 1, 'school-review': 1 });
    const list = (query: object) => reporting.ask(listProgressTeachers, { code: '331102', ...query }, county);
    expect((await list({ turn: 'teacher' })).items).toMatchObject([{ teacherId: idle, schoolCode: '2133001234' }]);
    expect((await list({})).page).toMatchObject({ total: 2, totalIsExact: true });
    expect((await list({ idleDays: 3 })).items).toEqual([]);
    const first = await list({ limit: 1 });
    expect((await list({ limit: 1, cursor: first.page.next })).items[0]?.teacherId).toBe(working);
  });
});

describe('scope', () => {
  it('out of scope reads as not there', async () => {
    const asked = [
      reporting.ask(readProgress, { code: '331121' }, county),
      reporting.ask(readProgress, { code: '330000' }, county),
      reporting.ask(listProgressChildren, { code: '331100' }, county),
      reporting.ask(listProgressTeachers, { code: '2133002345' }, county),
      reporting.ask(readHeadCount, { code: '2133002345' }, school),
      reporting.ask(readProgress, { code: '339999' }, county),
    ];
    expect(await Promise.all(asked.map(refusalOf))).toEqual(asked.map(() => 'reporting.organisation_not_found'));
  });

  it('teachers, auditors and operators see no progress', async () => {
    for (const role of ['teacher', 'auditor'] as const) {
      const asked = reporting.ask(
        readProgress,
        { code: '2133001234' },
        aCaller(paths.school, role, { teacherId: newId() }),
      );
      expect(await refusalOf(asked)).toBe('request.forbidden');
    }
  });
});

describe('declared head count', () => {
  const code = '2133001234';

  it('is declared on the version that was seen, and confirmed as the number that was seen', async () => {
    const declare = (declared: number, ifMatch?: string) =>
      reporting.ask(declareHeadCount, { code, declared }, school, { ifMatch });
    expect(await refusalOf(declare(40))).toBe('request.version_required');
    const first = await declare(40, '0');
    expect(await refusalOf(declare(50, '0'))).toBe('request.stale_version');
    expect(await refusalOf(reporting.ask(confirmHeadCount, { code, declared: 39 }, county))).toBe(
      'reporting.head_count_changed',
    );
    await reporting.ask(confirmHeadCount, { code, declared: 40 }, county);
    const again = await reporting.ask(readHeadCount, { code }, school);
    const lower = await declare(10, again.etag);
    expect(first.inForce).toBe(40);
    expect(lower).toMatchObject({ declared: 10, confirmed: 40, inForce: 40 });
  });

  it('is nobody else’s', async () => {
    await reporting.ask(declareHeadCount, { code, declared: 40 }, school, { ifMatch: '0' });
    expect(await refusalOf(reporting.ask(confirmHeadCount, { code, declared: 40 }, city))).toBe(
      'reporting.not_yours_to_confirm',
    );
    expect(await refusalOf(reporting.ask(declareHeadCount, { code, declared: 1 }, county, { ifMatch: '1' }))).toBe(
      'request.forbidden',
    );
    const stranger = reporting.ask(confirmHeadCount, { code, declared: 40 }, aCaller(paths.otherCounty));
    expect(await refusalOf(stranger)).toBe('reporting.organisation_not_found');
  });
});
