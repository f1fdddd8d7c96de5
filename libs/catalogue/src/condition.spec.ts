import { comparisonsIn, conditionHolds, parseCondition } from './condition';

const holds = (text: string, values: Record<string, unknown>) => conditionHolds(text, values, 'vocational');

describe('the condition language', () => {
  it('compares codes of the same row', () => {
    expect(holds('onEstablishment==0', { onEstablishment: '0' })).toBe(true);
    expect(holds('onEstablishment == 0', { onEstablishment: '1' })).toBe(false);
    expect(holds('type!=0', { type: '3' })).toBe(true);
  });

  it.each(['type==0', 'type!=0', 'type in (0,1)'])('finds %s false of an empty value', (text) => {
    for (const value of [undefined, null, '', []]) expect(holds(text, { type: value })).toBe(false);
  });

  it('reads == as contains for several values', () => {
    expect(holds('stage==2', { stage: ['1', '2'] })).toBe(true);
    expect(holds('stage!=2', { stage: ['1', '2'] })).toBe(false);
    expect(holds('stage!=2', { stage: ['1'] })).toBe(true);
  });

  it('binds "and" tighter than "or"', () => {
    const text = 'certType in (1,9) or languageCert==9';
    expect(holds(text, { certType: '9' })).toBe(true);
    expect(holds(text, { certType: '2', languageCert: '9' })).toBe(true);
    expect(holds(text, { certType: '2' })).toBe(false);
    expect(holds('a==1 or b==1 and c==1', { b: '1' })).toBe(false);
  });

  it('knows the category of the person', () => {
    expect(holds('category==vocational and honorLevel!=0', { honorLevel: '1' })).toBe(true);
    expect(conditionHolds('category==vocational', {}, 'special')).toBe(false);
  });

  it('refuses what it cannot read', () => {
    for (const text of ['', 'a=1', 'a==', 'a==1 and', 'a > 1', 'a in ()', '1==1; drop']) {
      expect(() => parseCondition(text)).toThrow(SyntaxError);
    }
  });

  it('names what it depends on', () => {
    expect(comparisonsIn(parseCondition('a==1 or b in (2,3)'))).toMatchObject([
      { name: 'a', codes: ['1'] },
      { name: 'b', codes: ['2', '3'] },
    ]);
  });
});
