import { codeOfPath, type Caller } from '@shidang/access';
import {
  acknowledgeUrging,
  answerUrging,
  listUrgingReceipts,
  listUrgings,
  postEnded,
  previewUrging,
  readUrging,
  sendUrging,
  type SendUrging,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { eventually } from '@shidang/testing';
import { randomInt } from 'node:crypto';
import { city, county, refusalOf, UrgingSuite } from './urging-suite.testing';

const morning = '2026-11-23T10:00:00+08:00';

describe('urging', () => {
  let urging: UrgingSuite;
  let sender: Caller;

  beforeAll(async () => {
    urging = await UrgingSuite.start();
    sender = await urging.posted('informationAdministrator', county);
  }, 60_000);
  afterAll(() => urging?.stop());
  beforeEach(() => urging.clockTo(morning));

  const aSchool = (): string => `${county}2133${String(randomInt(1_000_000)).padStart(6, '0')}.`;
  const send = (schools: string[], more: Partial<SendUrging> = {}, by = sender) =>
    urging.suite.ask(sendUrging, { organisations: schools.map(codeOfPath), ...more }, by);
  const read = (urgingId: string, by: Caller) => urging.suite.ask(readUrging, { urgingId }, by);
  const toldOnce = async (by: Caller, count: number) => {
    const { items } = await eventually(async () => {
      const page = await urging.notices(by);
      return page.items[0]?.count === count ? page : false;
    }, 'he is told');
    expect(items).toHaveLength(1);
    return items[0]!;
  };

  it('reaches whoever has to act, and a preview says beforehand whom and with which words', async () => {
    const [school, empty] = [aSchool(), aSchool()];
    const [info, head] = [
      await urging.posted('informationAdministrator', school),
      await urging.posted('principal', school),
    ];
    urging.waiting.set(school, [
      { turn: 'school', n: 12 },
      { turn: 'returned', n: 3 },
    ]);
    urging.waiting.set(empty, [{ turn: 'school', n: 1 }]);
    const wish = { words: '请抓紧', dueOn: '2026-12-10', replyRequired: true };
    const organisations = [school, empty].map(codeOfPath);
    const preview = await urging.suite.ask(previewUrging, { organisations, ...wish }, sender);
    expect(preview).toMatchObject({ recipients: 2, backlog: 16, held: false });
    expect(preview.unreachable).toMatchObject([{ code: codeOfPath(empty) }]);
    expect(preview.roles).toEqual(
      expect.arrayContaining([
        { role: 'informationAdministrator', n: 1 },
        { role: 'principal', n: 1 },
      ]),
    );
    expect(preview.letter?.zh).toBe(
      `【督办】莲都区教育局：学校${codeOfPath(school)}尚有 12 人待学校登记、审核或报送、3 人退回后待修改。请于2026年12月10日前办结，并回复办理情况。附言：请抓紧`,
    );

    const sent = await send([school, empty], wish);
    expect(sent).toMatchObject({ stage: 'sent', recipients: 2, read: 0, replied: 0, backlog: 16 });
    const notice = await toldOnce(head, 1);
    expect(notice).toMatchObject({ kind: 'urging', urgingId: sent.id });
    const got = await read(sent.id, info);
    expect(got.letter).toEqual(preview.letter);
    expect(got.places.map(({ n }) => n)).toEqual([12, 3]);
    expect(got.recipients).toBeUndefined();
  });

  it('is read when its recipient opens it, not when all notices are cleared; the sender sees who, and the answer', async () => {
    const school = aSchool();
    const info = await urging.posted('informationAdministrator', school);
    urging.waiting.set(school, [{ turn: 'school', n: 2 }]);
    const { id } = await send([school], { replyRequired: true });
    await toldOnce(info, 1);
    const receipts = (state?: 'unread' | 'answered') =>
      urging.suite.ask(listUrgingReceipts, { urgingId: id, state }, sender);
    expect((await receipts('unread')).page.total).toBe(1);

    await urging.suite.ask(acknowledgeUrging, { urgingId: id }, info);
    expect((await read(id, sender)).read).toBe(1);
    expect((await urging.notices(info)).unreadCount).toBe(0);
    const answered = await urging.suite.ask(answerUrging, { urgingId: id, words: '本周五前报送' }, info);
    expect(answered.mine?.repliedAt).toBeDefined();
    expect((await receipts('answered')).items).toMatchObject([
      { role: 'informationAdministrator', reply: '本周五前报送', organisation: { code: codeOfPath(school) } },
    ]);
    expect((await read(id, sender)).replies).toMatchObject([{ words: '本周五前报送' }]);
    const told = await eventually(async () => {
      const found = (await urging.notices(sender)).items.find(({ urgingId }) => urgingId === id);
      return found ?? false;
    }, 'the sender is told of the answer');
    expect(told.kind).toBe('urging-answered');
  });

  it('merges several into one notice per person', async () => {
    const school = aSchool();
    const info = await urging.posted('informationAdministrator', school);
    urging.waiting.set(school, [{ turn: 'school', n: 2 }]);
    const [first, second] = [await send([school]), await send([school], { words: '再次提醒' })];
    const notice = await toldOnce(info, 2);
    expect(notice.urgingId).toBe(second.id);
    expect(notice.words.zh).toBe('您收到 2 件督办，请查看并办理');
    const received = await urging.suite.ask(listUrgings, { box: 'received', state: 'unread' }, info);
    expect(received.items.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
    await urging.suite.ask(acknowledgeUrging, { urgingId: first.id }, info);
    expect((await urging.notices(info)).unreadCount).toBe(1);
    await urging.suite.ask(acknowledgeUrging, { urgingId: second.id }, info);
    expect((await urging.notices(info)).unreadCount).toBe(0);
  });

  it('urges teachers about their own record, each for himself', async () => {
    const school = aSchool();
    const teacherId = newId();
    const teacher = await urging.posted('teacher', school, teacherId);
    const colleague = await urging.posted('teacher', school, newId());
    urging.waiting.set(school, [{ turn: 'teacher', n: 1, teacherIds: [teacherId] }]);
    const { id } = await send([school]);
    await toldOnce(teacher, 1);
    const got = await read(id, teacher);
    expect(got.letter.zh).toContain('您的教师信息尚未填报完成并提交');
    expect(got.places).toEqual([]);
    expect(await refusalOf(read(id, colleague))).toBe('notifications.urging_not_found');
    expect((await urging.notices(colleague)).items).toEqual([]);
  });

  it('is there for nobody else: not below, not beside, not after the post ended', async () => {
    const [school, other] = [aSchool(), aSchool()];
    const info = await urging.posted('informationAdministrator', school);
    const stranger = await urging.posted('informationAdministrator', other);
    const beside = await urging.posted('informationAdministrator', '0.33.3311.331121.');
    const above = await urging.posted('informationAdministrator', city);
    urging.waiting.set(school, [{ turn: 'school', n: 2 }]);
    const { id } = await send([school]);
    await toldOnce(info, 1);
    for (const by of [stranger, beside]) {
      expect(await refusalOf(read(id, by))).toBe('notifications.urging_not_found');
      const answer = urging.suite.ask(answerUrging, { urgingId: id, words: '不是我' }, by);
      expect(await refusalOf(answer)).toBe('notifications.urging_not_found');
      expect((await urging.suite.ask(listUrgings, { box: 'sent' }, by)).items).toEqual([]);
    }
    expect(await refusalOf(urging.suite.ask(listUrgingReceipts, { urgingId: id }, beside))).toBe(
      'notifications.urging_not_found',
    );
    expect((await read(id, above)).recipients).toBe(1);
    expect(await refusalOf(urging.suite.ask(acknowledgeUrging, { urgingId: id }, sender))).toBe(
      'notifications.not_addressed',
    );
    const { postId, accountId, role, orgPath, orgCode } = info;
    await urging.suite.tell(postEnded, { postId, accountId, role, orgPath, orgCode, version: 2 });
    await eventually(
      async () => (await refusalOf(read(id, info))) === 'notifications.urging_not_found',
      'the post is over',
    );
  });

  it('names at most 200 places, and how many there are', async () => {
    const schools = Array.from({ length: 70 }, aSchool);
    await urging.posted('informationAdministrator', schools[0]!);
    for (const school of schools)
      urging.waiting.set(school, [
        { turn: 'school', n: 1 },
        { turn: 'returned', n: 1 },
        { turn: 'authority', n: 1 },
      ]);
    const sent = await send(schools);
    expect([sent.places.length, sent.placeCount, sent.backlog]).toEqual([200, 210, 210]);
  });

  it('says why it cannot be sent', async () => {
    const [idle, alone] = [aSchool(), aSchool()];
    urging.waiting.set(idle, [{ turn: 'school', n: 0 }]);
    urging.waiting.set(alone, [{ turn: 'school', n: 4 }]);
    urging.waiting.set(county, [{ turn: 'authority', n: 9 }]);
    expect(await refusalOf(send([idle]))).toBe('notifications.nothing_to_urge');
    expect(await refusalOf(send([alone]))).toBe('notifications.nobody_to_urge');
    expect(await refusalOf(send([county]))).toBe('notifications.nothing_to_urge');
    expect(await refusalOf(send([alone], { dueOn: '2026-11-22' }))).toBe('notifications.due_day_passed');
    expect(await refusalOf(send(['0.33.3301.330102.2133009999.']))).toBe('reporting.organisation_not_found');
    const teacher = await urging.posted('principal', alone);
    expect(await refusalOf(send([alone], {}, teacher))).toBe('request.forbidden');
  });
});
