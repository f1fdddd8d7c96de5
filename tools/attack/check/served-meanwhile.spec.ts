import { servedMeanwhile } from './served-meanwhile';

const ok = Array.from({ length: 20 }, () => 200);
const found = (before: number[], during: number[]) => servedMeanwhile('planted', { before, during }).length;

it('served before and meanwhile, now and then asked to come again: nothing to say', () => {
  expect(found(ok, [...ok, 503])).toBe(0);
});

it.each<[string, number[], number[]]>([
  ['nobody who asks', ok, []],
  ['a door that was shut from the beginning', [200, 503], ok],
  ['a fifth turned away', ok, [...ok, 503, 503, 503, 503, 503]],
  ['lines that break', ok, [...ok, 0, 0, 0, 0]],
  ['a fault', ok, [...ok, ...ok, 500]],
])('%s is seen', (_, before, during) => expect(found(before, during)).toBe(1));
