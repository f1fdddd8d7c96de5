import type { Delivered } from '@shidang/bus';
import type { TeacherRegistered, TeachersRegistered } from '@shidang/contracts';
import { inSchools, mostInRound } from './school-rounds';

const school = '0.33.3311.331102.2133000001.';
const other = '0.33.3311.331102.2133000002.';
const told = (messageId: string, ids: string | string[], orgPath = school) => {
  const about = Array.isArray(ids) ? { teachers: ids.map((teacherId) => ({ teacherId })) } : { teacherId: ids };
  const fact = { orgPath, schoolCode: orgPath.slice(-11, -1), actor: { accountId: 'sys', role: 'x' }, ...about };
  return { messageId, event: '', fact } as unknown as Delivered<TeacherRegistered | TeachersRegistered>;
};
const many = (n: number, prefix: string) => Array.from({ length: n }, (_, at) => `${prefix}${at}`);

describe('registrations answered in one transaction', () => {
  it('are of one school, told singly or as lists, with who registered them', () => {
    const rounds = inSchools([told('a', '1'), told('b', '2', other), told('c', ['3', '4'])]);
    expect(rounds.map(({ messageIds }) => messageIds)).toEqual([['a', 'c'], ['b']]);
    expect(rounds[0]!.registrations).toEqual([
      { messageId: 'a', teacherId: '1', registeredBy: 'sys' },
      { messageId: 'c', teacherId: '3', registeredBy: 'sys' },
      { messageId: 'c', teacherId: '4', registeredBy: 'sys' },
    ]);
    expect(rounds[1]).toMatchObject({ orgPath: other, schoolCode: '2133000002' });
  });

  it('are no more than one fact tells of, and a list is never divided', () => {
    const lists = [told('a', many(200, 'a')), told('b', many(200, 'b')), told('c', many(200, 'c')), told('d', 'd')];
    const rounds = inSchools(lists);
    expect(rounds.map(({ messageIds }) => messageIds)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(rounds.every(({ registrations }) => registrations.length <= mostInRound)).toBe(true);
  });
});
