import { keptMarks, type MakingMark } from './use-marks';

const lying = (text: string) => {
  Object.assign(globalThis, { sessionStorage: { getItem: () => text } });
  return keptMarks('a');
};
afterEach(() => Reflect.deleteProperty(globalThis, 'sessionStorage'));

const mark: MakingMark = {
  id: 'e name',
  label: '姓名',
  mark: { section: 'basic', entryId: 'e', indicator: 'name', reason: 'wrong', words: '请核对' },
  touched: false,
};

it('marks of a case come back after a reload; what is none, of another version or by another hand, does not', () => {
  const odd = [null, 1, {}, { ...mark, mark: undefined }, { ...mark, mark: { ...mark.mark, reason: 'because' } }];
  expect(lying(JSON.stringify([mark, ...odd]))).toEqual([mark]);
  expect([lying('{'), lying('{}'), lying('null')]).toEqual([[], [], []]);
});
