import type { Delivered } from '@shidang/bus';
import type { CaseDecided } from '@shidang/contracts';
import { inRounds, mostInRound } from './rounds';

const decision = (messageId: string, teacherId: string, orgPath = '0.33.3311.331102.2133000001.') =>
  ({ messageId, event: 'evt.review.case-decided', fact: { teacherId, orgPath } }) as Delivered<CaseDecided>;

const ids = (rounds: Delivered<CaseDecided>[][]) => rounds.map((round) => round.map(({ messageId }) => messageId));

describe('decisions applied in one transaction', () => {
  it('are of schools under one authority', () => {
    const batch = [
      decision('a', '1'),
      decision('b', '2', '0.33.3311.331121.2133000002.'),
      decision('c', '3', '0.33.3311.331102.2133000003.'),
      decision('d', '4', '0.33.3311.3433110005.'),
    ];
    expect(ids(inRounds(batch))).toEqual([['a', 'c'], ['b'], ['d']]);
  });

  it('are never two about one teacher, and those keep their order', () => {
    const batch = [decision('a', '1'), decision('b', '1'), decision('c', '2'), decision('d', '1')];
    expect(ids(inRounds(batch))).toEqual([['a', 'c'], ['b'], ['d']]);
  });

  it('are so few that its locks are held briefly', () => {
    const batch = Array.from({ length: mostInRound + 1 }, (_, at) => decision(`m${at}`, `t${at}`));
    expect(inRounds(batch).map(({ length }) => length)).toEqual([mostInRound, 1]);
  });
});
