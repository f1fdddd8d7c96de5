import { codeOfPath, tierOfPath, type Caller, type Role } from '@shidang/access';
import {
  caseMoved,
  listNotices,
  monthlyReportMoved,
  postEnded,
  postGranted,
  readAllNotices,
  readNotice,
  teacherAccountsIssued,
  type CaseMoved,
  type NoticePage,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { eventually, ServiceSuite } from '@shidang/testing';
import { randomInt } from 'node:crypto';
import { notificationsService } from '../notifications.service';

const county = '0.33.3311.331102.';

describe('notices', () => {
  let suite: ServiceSuite;

  beforeAll(async () => {
    suite = await ServiceSuite.start(notificationsService);
  }, 60_000);
  afterAll(() => suite.stop());

  const aSchoolPath = () => `${county}2133${String(randomInt(1_000_000)).padStart(6, '0')}.`;

  /** Somebody with a post the service has heard of. */
  async function posted(role: Role, orgPath: string, teacherId?: string): Promise<Caller> {
    const [accountId, personId, postId] = [newId(), newId(), newId()];
    const [orgCode, tier] = [codeOfPath(orgPath), tierOfPath(orgPath)];
    const caller: Caller = { accountId, personId, postId, role, tier, orgPath, orgCode, teacherId };
    await suite.tell(postGranted, { orgPath, postId, accountId, personId, role, tier, orgCode, teacherId, version: 1 });
    await eventually(
      async () => (await suite.rows(`select 1 from post where post_id = $1`, [postId])).length === 1,
      'the post is known',
    );
    return caller;
  }

  const move = (orgPath: string, given: Partial<CaseMoved>) => ({
    orgPath,
    caseId: newId(),
    submissionId: newId(),
    teacherId: newId(),
    schoolCode: codeOfPath(orgPath),
    category: 'primarySecondary',
    kind: 'first' as const,
    stage: 'school-review' as const,
    turnOrgPath: orgPath,
    turnRole: 'principal',
    submittedBy: newId(),
    schoolSkipped: false,
    version: 1,
    ...given,
  });

  const list = (by: Caller, query = {}): Promise<NoticePage> => suite.ask(listNotices, query, by);
  const noticesOf = (by: Caller, wanted: (page: NoticePage) => boolean = (page) => page.items.length > 0) =>
    eventually(async () => {
      const page = await list(by);
      return wanted(page) ? page : false;
    }, 'the notice is there');

  it('tell whose turn it is, many submissions in one notice, until it is read', async () => {
    const school = aSchoolPath();
    const principal = await posted('principal', school);
    const moves = Array.from({ length: 3 }, () => move(school, {}));
    for (const each of moves) await suite.tell(caseMoved, each);
    const { items, unreadCount } = await noticesOf(principal, (page) => page.items[0]?.count === 3);
    expect(items).toHaveLength(1);
    expect(unreadCount).toBe(1);
    expect(items[0]).toMatchObject({ kind: 'case-awaiting-school', organisation: codeOfPath(school), read: false });
    expect(items[0]!.words).toEqual({
      zh: '新到 3 份教师信息，待学校审核',
      en: "3 new teachers' records for the school to review",
    });
    expect(items[0]!.caseId).toBe(moves[2]!.caseId);

    expect(await suite.ask(readNotice, { noticeId: items[0]!.id }, principal)).toEqual({ marked: 1, unreadCount: 0 });
    expect(await suite.ask(readNotice, { noticeId: items[0]!.id }, principal)).toEqual({ marked: 0, unreadCount: 0 });
    await suite.tell(caseMoved, move(school, {}));
    const again = await noticesOf(principal, (page) => page.items.length === 2);
    expect(again.items.map(({ count, read }) => [count, read])).toEqual([
      [1, false],
      [3, true],
    ]);
    expect((await list(principal, { unread: 'true' })).items).toHaveLength(1);
  });

  it('tell once, however often the fact is delivered', async () => {
    const school = aSchoolPath();
    const principal = await posted('principal', school);
    const messageId = newId();
    const [first, last] = [move(school, {}), move(school, {})];
    await suite.tell(caseMoved, first, messageId);
    await suite.nats.purge('review');
    await suite.tell(caseMoved, first, messageId);
    await suite.tell(caseMoved, last);
    const page = await noticesOf(principal, ({ items }) => items[0]?.caseId === last.caseId);
    expect(page.items[0]!.count).toBeLessThanOrEqual(2);
  });

  it('tell the filler of return and approval, and nobody about what he did himself', async () => {
    const school = aSchoolPath();
    const teacherId = newId();
    const teacher = await posted('teacher', school, teacherId);
    const colleague = await posted('teacher', school, newId());
    const administrator = await posted('informationAdministrator', school);
    const about = { teacherId, submittedBy: teacher.accountId };
    const actor = { accountId: administrator.accountId, personId: administrator.personId, role: administrator.role };
    await suite.tell(
      caseMoved,
      move(school, { ...about, stage: 'authority-returned', turnRole: 'informationAdministrator', actor }),
    );
    await suite.tell(
      caseMoved,
      move(school, { ...about, stage: 'approved', turnOrgPath: undefined, turnRole: undefined }),
    );
    const { items } = await noticesOf(teacher, (page) => page.items.length === 2);
    expect(items.map(({ kind }) => kind)).toEqual(['case-approved', 'case-returned-by-authority']);
    expect(items.map(({ words }) => words.zh)).toEqual([
      '您的教师信息已通过教育行政部门审核',
      '您的教师信息被教育行政部门退回，请按标注修改后重新提交',
    ]);
    expect((await list(colleague)).items).toEqual([]);
    expect((await list(administrator)).items).toEqual([]);
    const foreign = suite.ask(readNotice, { noticeId: items[0]!.id }, colleague);
    await expect(foreign).rejects.toMatchObject({ body: { code: 'notifications.notice_not_found' } });
    await expect(suite.ask(readNotice, { noticeId: newId() }, colleague)).rejects.toThrow(
      'notifications.notice_not_found',
    );
    expect(await suite.ask(readAllNotices, {}, teacher)).toEqual({ marked: 2, unreadCount: 0 });
  });

  it('tell of monthly reports, and go with the post', async () => {
    const officer = await posted('informationAdministrator', '0.33.3311.');
    const fact = {
      orgPath: county,
      reportId: newId(),
      orgCode: '331102',
      month: '2026-11',
      stage: 'submitted',
      version: 2,
    } as const;
    await suite.tell(monthlyReportMoved, fact);
    const { items } = await noticesOf(officer);
    expect(items[0]).toMatchObject({ kind: 'report-submitted', month: '2026-11', reportId: fact.reportId });
    const { postId, accountId, role, orgPath, orgCode } = officer;
    await suite.tell(postEnded, { postId, accountId, role, orgPath, orgCode, version: 2 });
    await noticesOf(officer, (page) => page.items.length === 0);
    await suite.tell(postGranted, { orgPath, postId, accountId, role, tier: 'city', orgCode, version: 1 });
    expect(await suite.rows(`select ended from post where post_id = $1`, [postId])).toEqual([{ ended: true }]);
  });

  it('stay when an older end of the post comes late', async () => {
    const officer = await posted('informationAdministrator', '0.33.3309.');
    const { postId, accountId, role, orgPath, orgCode } = officer;
    const post = { orgPath, postId, accountId, role, orgCode };
    await suite.tell(postGranted, { ...post, tier: 'city', version: 3 });
    const renewed = () => suite.rows(`select 1 from post where post_id = $1 and version = 3`, [postId]);
    await eventually(async () => (await renewed()).length > 0, 'the post goes on');
    const [reportId, month] = [newId(), '2026-11'];
    const fact = { orgPath: '0.33.3309.330902.', reportId, orgCode: '330902', month, stage: 'submitted', version: 1 };
    await suite.tell(monthlyReportMoved, { ...fact, stage: 'submitted' });
    await noticesOf(officer);
    const ended = newId();
    await suite.tell(postEnded, { ...post, version: 2 }, ended);
    const taken = () => suite.rows(`select 1 from inbox where message_id = $1`, [ended]);
    await eventually(async () => (await taken()).length > 0, 'the end has been heard');
    expect((await list(officer)).items).toHaveLength(1);
    await suite.tell(postEnded, { ...post, version: 4 });
    await noticesOf(officer, (page) => page.items.length === 0);
  });

  it('reach a post whose news come later than what was told since', async () => {
    const school = aSchoolPath();
    const [accountId, personId, postId, teacherId] = [newId(), newId(), newId(), newId()];
    const caller: Caller = {
      accountId,
      personId,
      postId,
      role: 'teacher',
      tier: 'school',
      orgPath: school,
      orgCode: codeOfPath(school),
      teacherId,
    };
    const granted = {
      orgPath: school,
      postId,
      accountId,
      role: 'teacher',
      tier: 'school',
      orgCode: codeOfPath(school),
      teacherId,
      version: 1,
    };
    const told = {
      ...move(school, { teacherId, submittedBy: accountId, stage: 'approved' }),
      turnOrgPath: undefined,
      turnRole: undefined,
    };
    const before = { ...told, caseId: newId(), at: '2026-10-01T00:00:00.000Z' };
    await suite.tell(caseMoved, before);
    await suite.tell(caseMoved, { ...told, at: '2026-11-02T00:00:00.000Z' });
    await eventually(
      async () => (await suite.rows(`select 1 from telling where case_id = $1`, [told.caseId])).length > 0,
      'the move was told',
    );
    await suite.tell(postGranted, { ...granted, at: '2026-11-01T00:00:00.000Z' });
    // addressed as submitter and as teacher, told once; what was before the post is not told
    expect((await noticesOf(caller)).items).toMatchObject([{ kind: 'case-approved', caseId: told.caseId, count: 1 }]);
    expect((await list(caller)).items[0]!.count).toBe(1);
  });

  it('reach teachers whose accounts were told together, also what was told before', async () => {
    const school = aSchoolPath();
    const orgCode = codeOfPath(school);
    const accounts = [1, 2].map(() => ({
      ...{ accountId: newId(), postId: newId(), personId: newId(), teacherId: newId(), version: 1 },
    }));
    const callers = accounts.map(({ accountId, postId, personId, teacherId }): Caller => ({
      ...{ accountId, postId, personId, teacherId, role: 'teacher', tier: 'school', orgPath: school, orgCode },
    }));
    const approved = { stage: 'approved', turnOrgPath: undefined, turnRole: undefined } as const;
    const early = move(school, { ...approved, teacherId: accounts[0]!.teacherId });
    await suite.tell(caseMoved, { ...early, at: '2026-11-02T00:00:00.000Z' });
    await eventually(
      async () => (await suite.rows(`select 1 from telling where case_id = $1`, [early.caseId])).length > 0,
      'the move was told',
    );
    await suite.tell(teacherAccountsIssued, { orgPath: school, orgCode, accounts, at: '2026-11-01T00:00:00.000Z' });
    expect((await noticesOf(callers[0]!)).items).toMatchObject([
      { kind: 'case-approved', caseId: early.caseId, count: 1 },
    ]);
    const late = move(school, { ...approved, teacherId: accounts[1]!.teacherId });
    await suite.tell(caseMoved, late);
    expect((await noticesOf(callers[1]!)).items).toMatchObject([{ caseId: late.caseId, count: 1 }]);
  });

  it('come page by page', async () => {
    const officer = await posted('informationAdministrator', '0.33.3310.');
    for (const month of ['2026-09', '2026-10', '2026-11']) {
      const reportId = newId();
      await suite.tell(monthlyReportMoved, {
        orgPath: '0.33.3310.331002.',
        reportId,
        orgCode: '331002',
        month,
        stage: 'submitted',
        version: 1,
      });
    }
    await noticesOf(officer, (page) => page.items.length === 3);
    const first = await list(officer, { limit: 2 });
    const second = await list(officer, { limit: 2, cursor: first.page.next });
    expect([...first.items, ...second.items].map(({ month }) => month)).toEqual(['2026-11', '2026-10', '2026-09']);
    expect([first.page.total, second.page.next, second.unreadCount]).toEqual([3, undefined, 3]);
  });

  it('of ten thousand tellings find those of a post by index', async () => {
    await suite.rows(
      `insert into telling (message_id, kind, place, role, about_path, organisation, at)
       select gen_random_uuid(), 'case-awaiting-school', path, 'principal', path, '2133000000', now()
       from (select '0.33.3311.331121.' || (2133000000 + n)::text || '.' as path from generate_series(1, 10000) n) made`,
    );
    await suite.rows(`analyze telling`);
    const scans = async () => {
      await suite.rows(
        `select pg_terminate_backend(pid, 1000) from pg_stat_activity where datname = current_database() and usename = 'notifications_app'`,
      );
      const [row] = await suite.rows<{ n: string }>(
        `select seq_scan as n from pg_stat_user_tables where relname = 'telling'`,
      );
      return Number(row!.n);
    };
    const before = await scans();
    const principal = await posted('principal', '0.33.3311.331121.2133000007.');
    await suite.tell(caseMoved, move('0.33.3311.331121.2133000007.', {}));
    await noticesOf(principal);
    expect((await scans()) - before).toBe(0);
  });
});
