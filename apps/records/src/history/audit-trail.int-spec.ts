import { addEntry, labelAccounts, listRecordsAudit, locateAccount, patchEntry, unmaskValue } from '@shidang/contracts';
import type { Caller } from '@shidang/access';
import { aCaller, city, county, RecordsSuite, type School } from '../records.testing';

const otherCounty = '0.33.3311.331121.';
const reason = '核对入职材料';

/** T1: who did what to which record, by whoever audits that organisation, and never a value. */
describe('the audit trail of records', () => {
  let suite: RecordsSuite;
  let school: School;
  let teacherId: string;
  let self: Caller;
  const auditor = aCaller('auditor', county);

  const list = (query: Record<string, unknown>, by: Caller = auditor) =>
    suite.service.ask(listRecordsAudit, { object: `teacher:${teacherId}`, ...query }, by);

  beforeAll(async () => {
    suite = await RecordsSuite.start();
    school = await suite.school();
    teacherId = (await suite.register(school)).teacher.id;
    self = aCaller('teacher', school.path, { teacherId });
    await suite.service.answers(labelAccounts, ({ accountIds }) => ({
      labels: accountIds.map((accountId) => ({
        accountId,
        loginName: accountId === self.accountId ? `t@${school.code}` : `info@${school.code}`,
        ofTeacher: accountId === self.accountId,
        name: '㛃·䶮',
        organisation: school.code,
        organisationName: '测试学校',
      })),
    }));
    await suite.service.answers(locateAccount, ({ loginName }) => ({
      accountId: loginName === `t@${school.code}` ? self.accountId : undefined,
    }));
    const values = { educationLevel: '21', educationSchool: '丽水学院', enrollMonth: '2005-09' };
    const { entry } = await suite.service.ask(addEntry, { teacherId, section: 'education', values }, self);
    const change = { teacherId, section: 'education', entryId: entry.id, values: { major: '数学' } };
    await suite.service.ask(patchEntry, change, school.information, { ifMatch: entry.etag });
    await suite.service.ask(unmaskValue, { teacherId, indicator: 'idNo', reason }, school.information);
  });
  afterAll(() => suite.stop());

  test('of one record tells every entry and every look, newest first, by field and never by value', async () => {
    const { items, page } = await list({});
    expect(items.map(({ action, fields }) => [action, fields])).toEqual([
      ['records.value.unmask', ['basic.idNo']],
      ['records.entry.patch', ['education.major']],
      ['records.entry.add', ['education.educationLevel', 'education.educationSchool', 'education.enrollMonth']],
      ['records.teacher.register', undefined],
    ]);
    expect(page).toMatchObject({ total: 4, totalIsExact: true });
    expect(items[1]).toMatchObject({ service: 'records', result: 'done', organisation: school.code });
    expect(items[1]!.object).toMatch(/^entry:/);
    expect(items[1]!.concerns).toBe(`teacher:${teacherId}`);
    expect(items[1]!.afterHash).not.toBe(items[1]!.beforeHash);
    expect(JSON.stringify(items)).not.toMatch(/丽水学院|数学/);
  });

  test("names who did it; of a teacher's own account the log-in name alone", async () => {
    const { items } = await list({});
    expect(items[1]!.actor).toMatchObject({ name: '㛃·䶮', role: 'informationAdministrator' });
    expect(items[1]).toMatchObject({ organisation: school.code, organisationName: '测试学校' });
    expect(items[2]!.actor).toEqual({
      accountId: self.accountId,
      role: 'teacher',
      loginName: `t@${school.code}`,
      organisationName: '测试学校',
    });
  });

  test('is asked by account, log-in name, action, result and time', async () => {
    const actions = async (query: Record<string, unknown>) => (await list(query)).items.map(({ action }) => action);
    expect(await actions({ actor: self.accountId })).toEqual(['records.entry.add']);
    expect(await actions({ actor: `t@${school.code}` })).toEqual(['records.entry.add']);
    expect(await actions({ actor: 'nobody@000000' })).toEqual([]);
    expect(await actions({ action: 'records.value.unmask' })).toEqual(['records.value.unmask']);
    expect(await actions({ result: 'refused' })).toEqual([]);
    expect(await actions({ to: '2020-01-01T00:00:00Z' })).toEqual([]);
    expect(await actions({ from: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
  });

  test('goes on page by page, and a cursor is its own', async () => {
    const first = await list({ limit: 3 });
    const second = await list({ limit: 3, cursor: first.page.next });
    expect(second.items.map(({ action }) => action)).toEqual(['records.teacher.register']);
    expect(second.page.next).toBeUndefined();
    const stolen = list({ cursor: first.page.next }, aCaller('auditor', county));
    await expect(stolen).rejects.toThrow(/request.malformed/);
  });

  test('a refusal is in it', async () => {
    const values = { major: '体育' };
    const change = { teacherId, section: 'education', entryId: teacherId, values };
    await suite.service.ask(patchEntry, change, school.information, { ifMatch: '1' }).catch(() => undefined);
    const { items } = await suite.service.ask(listRecordsAudit, { result: 'refused' }, auditor);
    expect(items[0]).toMatchObject({ action: 'records.entry.patch', result: 'records.entry_not_found' });
  });

  test('the auditor of another county finds nothing, one above finds it, nobody else may ask', async () => {
    const elsewhere = aCaller('auditor', otherCounty);
    expect(await list({}, elsewhere)).toEqual({ items: [], page: { total: 0, totalIsExact: true } });
    expect((await suite.service.ask(listRecordsAudit, {}, elsewhere)).items).toEqual([]);
    expect((await list({}, aCaller('auditor', city))).items).toHaveLength(4);
    for (const role of ['systemAdministrator', 'informationAdministrator', 'operator'] as const)
      await expect(list({}, aCaller(role, county))).rejects.toThrow(/request.forbidden/);
  });
});
