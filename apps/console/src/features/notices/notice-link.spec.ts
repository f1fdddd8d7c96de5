import { noticeKinds } from '@shidang/contracts';
import { linkOf, type Notice } from './notice-link';

const notice = (kind: Notice['kind'], count: number): Notice => ({
  id: 'n',
  kind,
  count,
  words: { zh: '', en: '' },
  organisation: '331102',
  caseId: 'c',
  teacherId: 't',
  reportId: 'r',
  urgingId: 'u',
  read: false,
  at: '2026-11-23T00:00:00.000Z',
});

describe('a notice', () => {
  it.each(noticeKinds)('%s leads somewhere, alone and merged', (kind) => {
    expect([linkOf(notice(kind, 1)), linkOf(notice(kind, 2))]).toEqual([
      expect.stringMatching(/^\/[a-z]/),
      expect.stringMatching(/^\/[a-z]/),
    ]);
  });

  it('leads to the thing itself when it is one, to the list when there are several', () => {
    expect(linkOf(notice('urging', 1))).toBe('/urgings/u');
    expect(linkOf(notice('urging', 2))).toBe('/urgings?box=received&state=unread');
    // who is told is the teacher, who may not see the school's list
    expect(linkOf(notice('correction-declined', 1))).toBe('/teachers/t');
    expect(linkOf(notice('case-returned-by-school', 3))).toBe('/teachers?status=school-returned');
  });
});
