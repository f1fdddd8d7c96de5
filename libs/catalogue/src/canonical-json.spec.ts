import fc from 'fast-check';
import { canonicalJson, findIndicator, mask, type Indicator, type SectionKey } from './index';

describe('canonical JSON (RFC 8785)', () => {
  it('writes numbers and text as ECMAScript does and sorts members', () => {
    const value = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 1e-27],
      string: '€$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts by UTF-16 code units', () => {
    const value = { '€': 1, '\r': 2, '\ufb33': 3, '1': 4, '😀': 5, '\u0080': 6, ö: 7 };
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it('does not depend on the order in which members were set', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' })), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('leaves out what is undefined and refuses what JSON cannot say', () => {
    expect(canonicalJson({ b: undefined, a: [undefined] })).toBe('{"a":[null]}');
    for (const value of [NaN, Infinity, 10n, '\ud800', () => 1])
      expect(() => canonicalJson({ value })).toThrow(TypeError);
  });
});

describe('a masked value', () => {
  const masked = (section: SectionKey, key: string, value: unknown) =>
    mask(findIndicator(section, key) as Indicator, value);

  it('shows that there is one, and as much of it as helps to recognise one’s own', () => {
    expect(masked('basic', 'idNo', '331102198001010019')).toBe('331102********0019');
    expect(masked('contact', 'mobile', '13912345678')).toBe('139****5678');
    expect(masked('contact', 'phone', '0578-1234567')).toBe('********4567');
    expect(masked('contact', 'email', 'zhou@example.cn')).toBe('z***@example.cn');
    expect(masked('contact', 'address', '丽水市莲都区中山街 123 号')).toBe('丽水市莲都区******');
    expect(masked('pay', 'annualIncome', 80000)).toBe('******');
    expect(masked('pay', 'insurance', ['1', '2'])).toBe('******');
  });

  it('that is empty or not sensitive stays as it is', () => {
    expect(masked('contact', 'mobile', '')).toBe('');
    expect(masked('basic', 'name', '周小兰')).toBe('周小兰');
  });
});
