import type { Completeness } from '@shidang/web-kit/record';
import { markedAmong, sectionStates } from './section-state';

const mark = (section: string, given: { mended?: boolean; yours?: boolean }) => ({
  ...{ section, reason: 'wrong' as const, mended: false, yours: true },
  ...given,
});

it('what a return asks for goes down as it is mended; what the school mends is nobody else’s to do', () => {
  const marks = [mark('basic', {}), mark('basic', { mended: true }), mark('basic', { yours: false })];
  expect(markedAmong(marks)).toEqual({ open: 1, mended: 1, schools: 1 });
  expect(markedAmong([mark('basic', { yours: false, mended: true })])).toEqual({ open: 0, mended: 1, schools: 0 });
});

it('each section has its own marks, gaps and unsaved values', () => {
  const section = (key: string) => ({ section: key, rows: 1, required: 1, filled: 1, complete: true });
  const completeness: Completeness = {
    ...{ teacherId: 't', complete: false, percent: 90, pendingRows: 0 },
    sections: [section('basic'), section('pay')],
    findings: [],
    marks: [mark('basic', {}), mark('work', {})],
  };
  const states = sectionStates(completeness, new Map([['basic', 2]]));
  expect(
    states.map(({ section: { key }, marked, unsaved, bySchool }) => [key, marked.open, unsaved, bySchool]),
  ).toEqual([
    ['basic', 1, 2, false],
    ['pay', 0, 0, true],
  ]);
});
