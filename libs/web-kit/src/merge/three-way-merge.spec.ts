import { threeWayMerge } from './three-way-merge';

const base = { major: '语文', school: '丽水学院', stage: ['1', '2'] };

describe('a three-way merge', () => {
  it('keeps what only I changed and takes what only they changed', () => {
    const merged = threeWayMerge(base, { ...base, school: '浙江师范大学' }, { ...base, major: '数学' });
    expect(merged).toEqual({
      values: { major: '数学', school: '浙江师范大学', stage: ['1', '2'] },
      conflicts: [],
      taken: ['school'],
    });
  });

  it('names a field both changed differently and leaves mine standing until somebody decides', () => {
    const merged = threeWayMerge(base, { ...base, major: '音乐' }, { ...base, major: '数学' });
    expect(merged.conflicts).toEqual([{ key: 'major', base: '语文', theirs: '音乐', mine: '数学' }]);
    expect(merged.values).toMatchObject({ major: '数学' });
  });

  it('sees no conflict where both came to the same', () => {
    const merged = threeWayMerge(base, { ...base, stage: ['1'] }, { ...base, stage: ['1'] });
    expect(merged).toMatchObject({ conflicts: [], taken: [] });
  });

  it('counts emptying a field as a change, and a missing value as an empty one', () => {
    const emptied = threeWayMerge(base, base, { ...base, major: '' });
    expect(emptied).toMatchObject({ conflicts: [], taken: [] });
    expect(emptied.values).not.toHaveProperty('major');
    expect(threeWayMerge({ a: null }, {}, { a: '' })).toEqual({ values: {}, conflicts: [], taken: [] });
    const { major: _, ...without } = base;
    expect(threeWayMerge(base, without, { ...base, major: '数学' }).conflicts).toHaveLength(1);
  });
});
