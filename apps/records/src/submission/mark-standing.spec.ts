import { isMended, type Now } from './mark-standing';

const identity = { name: '周小兰', sex: '2', birthDate: '1985-12-31', docType: '1', docBlind: 'x' };
const school = { id: 'e1', section: 'education' as const, version: 1, values: { educationSchool: '丽水学院' } };
const before = { identity, entries: [school] };
const now = (given: Partial<Now>): Now => ({ identity, entries: [school], ...given });
const mark = { section: 'education', entryId: 'e1', indicator: 'educationSchool', reason: 'unclear' };

describe('a value of a return counts as mended', () => {
  it('when it is no longer as it was returned; another value of the row does not count', () => {
    const changed = (values: Record<string, string>) => now({ entries: [{ ...school, version: 2, values }] });
    expect(isMended(mark, before, now({}))).toBe(false);
    expect(isMended(mark, before, changed({ ...school.values, major: '数学' }))).toBe(false);
    expect(isMended(mark, before, changed({ educationSchool: '丽水学院（全称）' }))).toBe(true);
    expect(isMended(mark, before, changed({}))).toBe(true);
  });

  it('when its row is gone', () => {
    expect(isMended(mark, before, now({ entries: [] }))).toBe(true);
  });

  it('when the fact is another: name, sex and birth date are columns of the teacher', () => {
    const name = { section: 'basic', indicator: 'name', reason: 'wrong' };
    expect(isMended(name, before, now({}))).toBe(false);
    expect(isMended(name, before, now({ identity: { ...identity, name: '周晓兰' } }))).toBe(true);
  });

  it('a whole row when anything of it changed, a whole section when a row came', () => {
    const row = { section: 'education', entryId: 'e1', reason: 'wrong' };
    const section = { section: 'education', reason: 'missing' };
    expect([row, section].map((each) => isMended(each, before, now({})))).toEqual([false, false]);
    expect(isMended(row, before, now({ entries: [{ ...school, version: 2 }] }))).toBe(true);
    expect(isMended(section, before, now({ entries: [school, { ...school, id: 'e2' }] }))).toBe(true);
  });
});
