import { codeOfPath, type Caller } from '@shidang/access';
import { answerUrging, listUrgings, readUrging, sendUrging, type SendUrging } from '@shidang/contracts';
import { eventually } from '@shidang/testing';
import { randomInt } from 'node:crypto';
import { city, county, refusalOf, UrgingSuite } from './urging-suite.testing';

const long = { timeout: 12_000, every: 100 };

describe('urging in time', () => {
  let urging: UrgingSuite;
  let sender: Caller;

  beforeAll(async () => {
    urging = await UrgingSuite.start();
    sender = await urging.posted('informationAdministrator', city);
  }, 60_000);
  afterAll(() => urging?.stop());
  afterEach(() => {
    urging.silent = false;
  });

  const aSchool = (): string => `${county}2133${String(randomInt(1_000_000)).padStart(6, '0')}.`;
  const send = (school: string, more: Partial<SendUrging> = {}) =>
    urging.suite.ask(sendUrging, { organisations: [codeOfPath(school)], ...more }, sender);
  const read = (urgingId: string, by: Caller) => urging.suite.ask(readUrging, { urgingId }, by);
  const received = (by: Caller) => urging.suite.ask(listUrgings, { box: 'received' }, by);
  const becomes = (urgingId: string, stage: string) =>
    eventually(async () => (await read(urgingId, sender)).stage === stage, `it is ${stage}`, long);

  it('is held at night and on days of rest, and delivered in the morning', async () => {
    const school = aSchool();
    const info = await urging.posted('informationAdministrator', school);
    urging.waiting.set(school, [{ turn: 'school', n: 2 }]);
    urging.clockTo('2026-11-27T21:30:00+08:00');
    const sent = await send(school);
    expect(sent).toMatchObject({ stage: 'held', deliverAt: '2026-11-30T00:00:00.000Z' });
    expect(await refusalOf(read(sent.id, info))).toBe('notifications.urging_not_found');
    expect([(await received(info)).items, (await urging.notices(info)).items]).toEqual([[], []]);
    urging.clockTo('2026-11-30T08:00:01+08:00');
    await eventually(async () => (await urging.notices(info)).items.length === 1, 'the morning has come', long);
    expect((await read(sent.id, info)).mine?.deliveredAt).toMatch(/^2026-11-30T00:00/);
  });

  it('stops by itself when nothing is left, even before it was delivered', async () => {
    const school = aSchool();
    const info = await urging.posted('informationAdministrator', school);
    urging.waiting.set(school, [{ turn: 'school', n: 5 }]);
    urging.clockTo('2026-11-30T10:00:00+08:00');
    const sent = await send(school, { replyRequired: true });
    urging.waiting.set(school, [{ turn: 'school', n: 1 }]);
    await eventually(async () => (await read(sent.id, sender)).left === 1, 'it is counted again', long);
    expect(urging.countedWithin).toContainEqual([codeOfPath(school)]);
    urging.clockTo('2026-11-30T23:00:00+08:00');
    const held = await send(school);
    urging.waiting.set(school, [{ turn: 'school', n: 0 }]);
    await becomes(sent.id, 'done');
    await becomes(held.id, 'done');
    urging.clockTo('2026-12-30T10:00:00+08:00');
    expect((await received(info)).items.map(({ id }) => id)).toEqual([sent.id]);
  });

  it('is delivered and climbs while reporting fails', async () => {
    const school = aSchool();
    const officer = await urging.posted('informationAdministrator', county);
    const info = await urging.posted('informationAdministrator', school);
    urging.waiting.set(school, [{ turn: 'school', n: 2 }]);
    urging.clockTo('2026-12-30T23:00:00+08:00');
    urging.silent = true;
    const held = await send(school, { replyRequired: true });
    expect(held).toMatchObject({ stage: 'held', placeCount: 1 });
    urging.clockTo('2026-12-31T08:00:01+08:00');
    await eventually(async () => (await urging.notices(info)).items.length === 1, 'the morning has come', long);
    urging.clockTo('2027-01-06T09:00:00+08:00');
    await becomes(held.id, 'climbed');
    expect((await read(held.id, officer)).mine).toMatchObject({ climbed: true });
    urging.silent = false;
    urging.waiting.set(school, [{ turn: 'school', n: 0 }]);
    await becomes(held.id, 'done');
  });

  it('climbs one tier when nobody answers in time, and tells the sender', async () => {
    const [silent, answering] = [aSchool(), aSchool()];
    const [, ready] = [
      await urging.posted('principal', silent),
      await urging.posted('informationAdministrator', answering),
    ];
    const officer = await urging.posted('informationAdministrator', county);
    urging.waiting.set(silent, [{ turn: 'school', n: 5 }]);
    urging.waiting.set(answering, [{ turn: 'school', n: 5 }]);
    urging.clockTo('2026-12-01T10:00:00+08:00');
    const [unheard, heard] = [
      await send(silent, { replyRequired: true, dueOn: '2026-12-02' }),
      await send(answering, { replyRequired: true, dueOn: '2026-12-02' }),
    ];
    await urging.suite.ask(answerUrging, { urgingId: heard.id, words: '正在办理' }, ready);
    expect(await refusalOf(read(unheard.id, officer))).toBe('notifications.urging_not_found');
    // grace: two days after the due day, and not in the night
    urging.clockTo('2026-12-07T09:00:00+08:00');
    await becomes(unheard.id, 'climbed');
    const got = await read(unheard.id, officer);
    expect(got.mine).toMatchObject({ climbed: true });
    expect(got.places).toMatchObject([{ organisation: { code: codeOfPath(silent) }, n: 5 }]);
    expect((await urging.notices(officer)).items).toMatchObject([{ kind: 'urging-climbed', urgingId: unheard.id }]);
    expect((await urging.notices(sender)).items.map(({ kind }) => kind)).toContain('urging-unanswered');
    expect((await read(heard.id, sender)).stage).toBe('sent');
    expect(await refusalOf(read(heard.id, officer))).toBe('notifications.urging_not_found');
  });
});
