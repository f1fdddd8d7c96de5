import type { Report, ReportCell } from './report-calls';
import { changesOf, findingsOf, isChanged, isTyped, openSheet, settle, typeInto } from './sheet-draft';

const typed = (key: string, type: ReportCell['type'], over: Partial<ReportCell> = {}): ReportCell => ({
  key,
  type,
  kind: 'typed',
  label: { zh: key, en: key },
  hasRecords: false,
  own: null,
  total: null,
  ...over,
});

const report = (own: Record<string, unknown> = {}): Report =>
  ({
    id: 'r',
    groups: [
      {
        key: 'g',
        label: { zh: '', en: '' },
        cells: [
          typed('workGroup', 'yesNo', { required: true }),
          typed('workGroupDate', 'day', { neededWith: 'workGroup' }),
          typed('covered', 'integer', { required: true, atMost: 'schools' }),
          typed('problems', 'text'),
          typed('schools', 'integer', { kind: 'filled', own: 5 }),
        ].map((cell) => ({ ...cell, own: own[cell.key] ?? cell.own })),
      },
    ],
  }) as unknown as Report;

const type = (on: Report, texts: Record<string, string>) =>
  Object.entries(texts).reduce((draft, [key, text]) => typeInto(draft, key, text), openSheet(on));

test('what is typed is read as people type it, and only what differs is sent', () => {
  const on = report({ covered: 3 });
  const draft = type(on, { workGroup: 'no', covered: '３', workGroupDate: ' 2016-09-01 ' });
  expect(changesOf(on, draft)).toEqual({ workGroup: false, covered: 3, workGroupDate: '2016-09-01' });
  expect(changesOf(on, type(on, { covered: '' }))).toEqual({ covered: null });
});

test.each(['2016-9-1', '2016/09/01', '2016年9月1日', '20160901', '２０１６．９．１'])(
  'a day may be written %s',
  (text) => {
    const on = report();
    expect(changesOf(on, type(on, { workGroupDate: text }))).toEqual({ workGroupDate: '2016-09-01' });
  },
);

test('what cannot be read stays and is named; nothing is missing until one submits', () => {
  const on = report();
  const draft = type(on, { covered: '三', workGroupDate: '2016-02-30', workGroup: 'yes' });
  expect(findingsOf(on, draft, false)).toEqual([
    { key: 'workGroupDate', what: 'wrong_day' },
    { key: 'covered', what: 'wrong_integer' },
  ]);
  expect(changesOf(on, draft)).toEqual({ workGroup: true });
  expect(findingsOf(on, openSheet(on), false)).toEqual([]);
});

test('a sheet is submitted with what it needs, and not with more than there is', () => {
  const on = report();
  expect(findingsOf(on, type(on, { workGroup: 'yes' }), true)).toEqual([
    { key: 'workGroupDate', what: 'needed' },
    { key: 'covered', what: 'needed' },
  ]);
  expect(findingsOf(on, type(on, { workGroup: 'no', covered: '6' }), true)).toEqual([
    { key: 'covered', what: 'tooLarge', limit: 5, limitKey: 'schools' },
  ]);
});

test('what was typed while a save was running is left over on what the server answered', () => {
  const sent = type(report(), { covered: '３', problems: '无' });
  const saved = report({ covered: 3, problems: '无' });
  const left = settle(typeInto(sent, 'problems', '无。'), sent, saved);
  expect(changesOf(saved, left)).toEqual({ problems: '无。' });
  expect(left.texts['covered']).toBe('3');
  expect(isChanged(settle(sent, sent, saved))).toBe(false);
});

test('a sheet that only signs itself has nothing unsaved, but the name goes along', () => {
  const on = report();
  const signed = typeInto(
    { base: { ...openSheet(on).base, filledBy: '' }, texts: openSheet(on).texts },
    'filledBy',
    '陈',
  );
  expect(isTyped(signed, '陈')).toBe(false);
  expect(isChanged(signed)).toBe(true);
  expect(isTyped(typeInto(signed, 'covered', '3'), '陈')).toBe(true);
  expect(isTyped(typeInto(signed, 'filledBy', '陈㛃'), '陈')).toBe(true);
});
