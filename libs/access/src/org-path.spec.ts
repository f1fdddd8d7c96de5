import {
  ancestorsOf,
  childPath,
  codeOfPath,
  contains,
  divisionSegment,
  parentPath,
  rangeOf,
  rootPath,
  tierOfPath,
} from './org-path';

const county = '0.33.3311.331102.';
const school = `${county}2133001234.`;
const cityRun = '0.33.3311.2133001999.';

describe('organisation path', () => {
  test.each([
    ['000000', '0'],
    ['330000', '33'],
    ['331000', '3310'],
    ['331100', '3311'],
    ['331102', '331102'],
    ['300000', '30'],
  ])('division code %s is trimmed to %s', (code, segment) => expect(divisionSegment(code)).toBe(segment));

  test('what is not a division code is refused', () => {
    for (const wrong of ['', '33', '3311020', '33110a', '33.100'])
      expect(() => divisionSegment(wrong)).toThrow(RangeError);
  });

  test('is built from the root down, schools with their whole code', () => {
    const built = ['330000', '331100', '331102', '2133001234'].reduce(childPath, rootPath);
    expect(built).toBe(school);
    expect(childPath('0.33.3311.', '2133001999')).toBe(cityRun);
  });

  test('gives back the code at its end', () => {
    expect([rootPath, '0.33.', '0.33.3311.', county, school].map(codeOfPath)).toEqual([
      '000000',
      '330000',
      '331100',
      '331102',
      '2133001234',
    ]);
  });

  test('its range holds itself and everything below, and no neighbour that begins with the same digits', () => {
    const { low, high } = rangeOf('0.33.3311.');
    const within = (path: string) => low <= path && path < high;
    expect(['0.33.3311.', county, school, cityRun].every(within)).toBe(true);
    expect(['0.33.', '0.33.33110.', '0.33.3312.', '0.34.', ''].some(within)).toBe(false);
  });

  test('contains itself and below; an empty path contains nothing', () => {
    expect(contains(county, school)).toBe(true);
    expect(contains(county, county)).toBe(true);
    expect(contains(county, cityRun)).toBe(false);
    expect(contains('', school)).toBe(false);
  });

  test('the education authority is the parent in the tree, not the geographic county', () => {
    expect(parentPath(cityRun)).toBe('0.33.3311.');
    expect(parentPath(school)).toBe(county);
    expect(parentPath(rootPath)).toBeUndefined();
  });

  test('ancestors come root first', () => expect(ancestorsOf(county)).toEqual(['0.', '0.33.', '0.33.3311.']));

  test('tells the tier, a city-run school being a school', () => {
    expect([rootPath, '0.33.', '0.33.3311.', county, school, cityRun].map(tierOfPath)).toEqual([
      'central',
      'province',
      'city',
      'county',
      'school',
      'school',
    ]);
    expect(() => tierOfPath('0.331.')).toThrow(RangeError);
    expect(() => tierOfPath('x')).toThrow(RangeError);
  });
});
