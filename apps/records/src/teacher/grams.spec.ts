import { gramsOf, gramToFind } from './grams';

describe('grams of a name', () => {
  test('are its characters and pairs, each once', () => {
    expect(gramsOf('王小小')).toEqual(['王', '小', '王小', '小小']);
  });

  test('count a rare character beyond the basic plane as one', () => {
    expect(gramsOf('𬭊明')).toEqual(['𬭊', '明', '𬭊明']);
  });

  test('the first two characters of what is searched find it', () => {
    expect(gramToFind(' 王小明 ')).toBe('王小');
    expect(gramToFind('王')).toBe('王');
    expect(gramToFind('  ')).toBeUndefined();
  });
});
