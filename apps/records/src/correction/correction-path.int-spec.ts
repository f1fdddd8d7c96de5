import type { Caller } from '@shidang/access';
import {
  askCorrection,
  declineCorrection,
  downloadRecord,
  listCorrections,
  readSubmission,
  requestChange,
  type CorrectionView,
  type Refusal,
} from '@shidang/contracts';
import { eventually } from '@shidang/testing';
import ExcelJS from 'exceljs';
import { aCaller, county, RecordsSuite, type School } from '../records.testing';

const refused = (promise: Promise<unknown>): Promise<Refusal['body']> =>
  promise.then(
    () => Promise.reject(new Error('it was not refused')),
    (refusal: Refusal) => refusal.body,
  );

/** 工作方案 五(五): a teacher may ask the school to correct. */
describe('a teacher asks the school to correct', () => {
  let suite: RecordsSuite;
  let school: School;
  let id: string;
  let number: string;
  let self: Caller;

  beforeAll(async () => {
    suite = await RecordsSuite.start();
    school = await suite.school();
    const made = await suite.effectiveTeacher(school);
    ({ id } = made);
    ({ number } = made.person.document);
    self = aCaller('teacher', school.path, { teacherId: id });
  });
  afterAll(() => suite.stop());

  const rowOf = async (section: string) => (await suite.section(self, id, section)).entries[0]!;
  const ask = (entryId: string, indicator: string, value?: unknown, by = self): Promise<CorrectionView> => {
    const wish = {
      teacherId: id,
      entryId,
      indicator,
      reason: '与毕业证书不一致',
      ...(value !== undefined && { value }),
    };
    return suite.service.ask(askCorrection, wish, by);
  };
  const apply = (correctionId: string, entryId: string, indicator: string, given = {}) =>
    suite.service.ask(
      requestChange,
      { teacherId: id, entryId, indicator, correctionId, reason: '教师本人请求更正', ...given },
      school.information,
    );
  const mine = async (correctionId: string) =>
    (await suite.service.ask(listCorrections, { teacherId: id }, self)).items.find((each) => each.id === correctionId);

  test('the school applies with what the teacher proposes; he sees what became of it', async () => {
    const row = await rowOf('education');
    const asked = await ask(row.id, 'major', '汉语言文学');
    expect(asked).toMatchObject({
      state: 'open',
      category: 'primarySecondary',
      proposes: true,
      presentValue: row.values['major'],
      proposedValue: '汉语言文学',
    });
    expect((await rowOf('education')).values['major']).toBe(row.values['major']);
    const open = await suite.service.ask(listCorrections, { state: 'open' }, school.information);
    expect(open.items.map((each) => each.id)).toContain(asked.id);

    const change = await apply(asked.id, row.id, 'major');
    expect(change.newValue).toBe('汉语言文学');
    expect(await mine(asked.id)).toMatchObject({ state: 'applied', changeRequestId: change.id, changeState: 'open' });
    const { contentHash } = await suite.service.ask(
      readSubmission,
      { submissionId: change.submissionId },
      school.principal,
    );
    const made = { ...change, kind: 'change', contentHash, submittedAt: change.requestedAt } as const;
    await suite.decide(school, made);
    await eventually(async () => (await mine(asked.id))?.changeState === 'approved', 'the change is approved');
    expect((await rowOf('education')).values['major']).toBe('汉语言文学');
  });

  test('the school declines in words, once, and may be asked again', async () => {
    const row = await rowOf('education');
    const asked = await ask(row.id, 'educationSchool');
    expect(asked).toMatchObject({ proposes: false });
    const decline = () =>
      suite.service.ask(declineCorrection, { correctionId: asked.id, words: '与学籍档案一致' }, school.information);
    expect(await decline()).toMatchObject({ state: 'declined', words: '与学籍档案一致' });
    expect(await refused(decline())).toMatchObject({ code: 'records.correction_answered' });
    expect(await refused(apply(asked.id, row.id, 'educationSchool', { value: '浙江师范大学' }))).toMatchObject({
      code: 'records.correction_answered',
    });
    const again = await ask(row.id, 'educationSchool');
    // where nothing is proposed, nothing said is not "empty it"
    expect(await refused(apply(again.id, row.id, 'educationSchool'))).toMatchObject({ code: 'records.values_wrong' });
    const facts = await suite.service.rows<{ state: string }>(
      `select payload->>'state' as state from outbox where subject like '%correction-moved' and payload->>'correctionId' in ($1, $2) order by id`,
      [asked.id, again.id],
    );
    expect(facts.map(({ state }) => state)).toEqual(['open', 'declined', 'open']);
  });

  test('a proposed number is sealed, masked, and taken over unseen', async () => {
    const row = await rowOf('contact');
    const asked = await ask(row.id, 'mobile', '13900000002');
    expect(asked.proposedValue).toBe('139****0002');
    const [kept] = await suite.service.rows<{ proposed: string }>(
      `select proposed_value::text as proposed from correction where id = $1`,
      [asked.id],
    );
    expect(kept!.proposed).not.toContain('1390000');
    expect(await apply(asked.id, row.id, 'mobile')).toMatchObject({ newValue: '139****0002' });
    const viewer = aCaller('informationViewer', county);
    const seen = await suite.service.ask(listCorrections, { teacherId: id }, viewer);
    expect(seen.items.map(({ section }) => section)).not.toContain('contact');
  });

  test('what cannot be asked is refused in words', async () => {
    const row = await rowOf('education');
    const codes = async (...asked: Promise<unknown>[]) =>
      (await Promise.all(asked.map(refused))).map(({ code }) => code);
    const nobody = '01a20000-0000-7000-8000-000000000001';
    const basic = await rowOf('basic');
    expect(
      await codes(
        ask(row.id, 'educationSchool'),
        ask((await rowOf('contact')).id, 'mobile'),
        ask(row.id, 'major', row.values['major']),
        ask(row.id, 'studyMode', '九'),
        ask(basic.id, 'idNo'),
        ask(nobody, 'major'),
        ask(row.id, 'major', '数学', school.information),
        ask(row.id, 'major', '数学', aCaller('teacher', school.path, { teacherId: nobody })),
      ),
    ).toEqual([
      'records.correction_already_open',
      'records.change_already_open',
      'records.nothing_changes',
      'records.values_wrong',
      'records.values_wrong',
      'records.entry_not_found',
      'request.forbidden',
      'records.teacher_not_found',
    ]);
    const asked = await ask(row.id, 'major', '数学');
    const neighbour = await suite.school();
    const decline = (by: Caller) =>
      suite.service.ask(declineCorrection, { correctionId: asked.id, words: '已核对' }, by);
    expect(
      await codes(
        decline(self),
        decline(neighbour.information),
        apply(asked.id, row.id, 'studyMode', { value: '1' }),
        apply(nobody, row.id, 'major', { value: '物理' }),
      ),
    ).toEqual([
      'request.forbidden',
      'records.correction_not_found',
      'records.correction_of_other_value',
      'records.correction_not_found',
    ]);
  });

  test('whoever applies for the change from the record itself has answered too', async () => {
    const row = await rowOf('education');
    const { items } = await suite.service.ask(listCorrections, { teacherId: id, state: 'open' }, self);
    const asked = items.find(({ indicator }) => indicator === 'major')!;
    const wish = { teacherId: id, entryId: row.id, indicator: 'major', value: '物理学', reason: '核对毕业证书' };
    const change = await suite.service.ask(requestChange, wish, school.information);
    expect(await mine(asked.id)).toMatchObject({ state: 'applied', changeRequestId: change.id });
  });

  test('the own file holds the number in full, for the teacher alone, and is on record', async () => {
    const file = await suite.service.ask(downloadRecord, { teacherId: id }, self);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Buffer.from(file.bytes, 'base64') as never);
    const cells = workbook.getWorksheet('基本信息')!.getSheetValues().flat();
    expect(cells).toContain(number);
    const [event] = await suite.service.rows<{ account_id: string; fields: string[] }>(
      `select account_id, fields from audit_event where object = $1 and what = $2`,
      [`teacher:${id}`, downloadRecord.name],
    );
    expect(event).toMatchObject({ account_id: self.accountId, fields: expect.arrayContaining(['contact.mobile']) });
    const foreign = aCaller('teacher', school.path, { teacherId: '01a20000-0000-7000-8000-000000000001' });
    expect(await refused(suite.service.ask(downloadRecord, { teacherId: id }, foreign))).toMatchObject({
      code: 'records.teacher_not_found',
    });
    expect(await refused(suite.service.ask(downloadRecord, { teacherId: id }, school.information))).toMatchObject({
      code: 'request.forbidden',
    });
  });
});
