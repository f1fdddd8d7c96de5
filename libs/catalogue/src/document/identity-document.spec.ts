import fc from 'fast-check';
import {
  checkDocument,
  factsFromCitizenNumber,
  maskDocumentNumber,
  normaliseDocument,
  normaliseDocumentNumber,
} from './identity-document';
import { checkCharacter } from './check-digit';

const codesOf = (...claim: Parameters<typeof checkDocument>) => checkDocument(...claim).map((each) => each.code);

describe('an identity number', () => {
  it.each([
    ['1', '11010519491231002X'],
    ['1', '331102198001010019'],
    ['1', '331121198512310020'],
    ['C', '810000198808080021'],
  ])('of type %s, %s, is sound', (type, number) => {
    expect(checkDocument({ type, number })).toEqual([]);
  });

  it('is read whatever way it was typed', () => {
    expect(normaliseDocumentNumber(' １１０１０５１９４９１２３１００２ｘ ')).toBe('11010519491231002X');
    expect(normaliseDocumentNumber('110105-19491231-002x')).toBe('11010519491231002X');
    expect(checkDocument({ type: '1', number: '110105 19491231 002x' })).toEqual([]);
  });

  it('with a wrong check digit is told which one it should be, and accused of nothing else', () => {
    const found = checkDocument({ type: '1', number: '110105194912310020', birthDate: '1980-01-01', sex: '1' });
    expect(found.map((each) => each.code)).toEqual(['document_check_digit']);
    expect(found[0]?.words.zh).toContain('证件号码第 18 位应为 X');
  });

  it('holds a real birth date even if its check digit is right', () => {
    expect(codesOf({ type: '1', number: '331181199002290032' })).toEqual(['document_birth_date_impossible']);
  });

  it('holds no birth date to come', () => {
    expect(codesOf({ type: '1', number: '331121198512310020' }, '1985-01-01')).toEqual([
      'document_birth_date_impossible',
    ]);
  });

  it('agrees with the date of birth and the sex given beside it', () => {
    const claim = { type: '1', number: '331102198001010019' };
    expect(codesOf({ ...claim, birthDate: '1980-01-01', sex: '1' })).toEqual([]);
    expect(codesOf({ ...claim, birthDate: '1981-01-01' })).toEqual(['document_birth_date_mismatch']);
    expect(checkDocument({ ...claim, sex: '2' })).toMatchObject([
      { code: 'document_sex_mismatch', at: 'sex', suggestion: '1' },
    ]);
  });

  it.each([
    ['33110219800101001', 'document_length'],
    ['331102800101001', 'document_old_form'],
    ['33110219800101O019', 'document_characters'],
    ['991102198001010019', 'document_province'],
  ])('%s has one fault: %s', (number, code) => {
    expect(codesOf({ type: '1', number })).toEqual([code]);
  });

  it('is not refused for a county code that was withdrawn', () => {
    const first = '33252219750607001';
    expect(checkDocument({ type: '1', number: first + checkCharacter(first) })).toEqual([]);
  });

  it('of a residence permit begins with 81, 82 or 83', () => {
    expect(codesOf({ type: 'C', number: '331102198001010019' })).toEqual(['document_type_mismatch']);
  });

  it('gives birth date, sex and province', () => {
    const facts = { birthDate: '1980-01-01', sex: '1', province: '33', division: '331102' };
    expect(factsFromCitizenNumber('331102198001010019')).toEqual(facts);
    expect(factsFromCitizenNumber('331121198512310020')?.sex).toBe('2');
    expect(factsFromCitizenNumber('331102198001010018')).toBeUndefined();
    expect(factsFromCitizenNumber('331181199002290032')).toBeUndefined();
  });

  it('with any single digit changed is found out', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 17, maxLength: 17 });
    const slip = fc.record({ at: fc.integer({ min: 0, max: 16 }), by: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(digits, slip, (number, { at, by }) => {
        const slipped = number.map((digit, index) => (index === at ? (digit + by) % 10 : digit));
        return checkCharacter(number.join('')) !== checkCharacter(slipped.join(''));
      }),
    );
  });
});

describe('a document', () => {
  it('has one form, so that nobody is entered twice under two types', () => {
    expect(normaliseDocument({ type: '1', number: '810000198808080021' })).toEqual({
      type: 'C',
      number: '810000198808080021',
    });
    expect(normaliseDocument({ type: '1', number: '11010519491231002x' }).type).toBe('1');
  });

  it('of another kind has its own length and characters', () => {
    expect(checkDocument({ type: 'A', number: 'E12345678' })).toEqual([]);
    expect(codesOf({ type: 'A', number: 'E123' })).toEqual(['document_length']);
    expect(codesOf({ type: 'A', number: 'E123456789012345678' })).toEqual(['document_length']);
    expect(codesOf({ type: 'A', number: 'E12345#78' })).toEqual(['document_characters']);
    expect(checkDocument({ type: '2', number: '南字第0123456号' })).toEqual([]);
    expect(checkDocument({ type: '8', number: '12345678' })).toEqual([]);
  });

  it('that is missing is not found fault with', () => {
    expect(checkDocument({ type: '1', number: ' ' })).toEqual([]);
  });

  it('is masked in the middle', () => {
    expect(maskDocumentNumber('331102198001010019')).toBe('331102********0019');
    expect(maskDocumentNumber('E12345678')).toBe('E1*****78');
    expect(maskDocumentNumber('AB1')).toBe('***');
  });
});
