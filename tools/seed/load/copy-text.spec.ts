import { array, copyLine } from './copy-text';

test('nothing is \\N, text keeps to its line and column', () => {
  expect(copyLine([null, undefined, 'a\tb\nc\\d', 7, false])).toBe('\\N\t\\N\ta\\tb\\nc\\\\d\t7\tfalse');
});

test('objects are json, lists are arrays only when they say so', () => {
  expect(copyLine([{ a: '"' }, ['x']])).toBe('{"a":"\\\\""}\t["x"]');
  expect(copyLine([array(['a', 'b"c'])])).toBe('{"a","b\\\\"c"}');
  expect(copyLine([array([])])).toBe('{}');
});

test('moments are told in universal time', () => {
  expect(copyLine([new Date(0)])).toBe('1970-01-01T00:00:00.000Z');
});
