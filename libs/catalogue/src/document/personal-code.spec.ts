import fc from 'fast-check';
import {
  citizenPersonalCode,
  maskPersonalCode,
  personalCodeForm,
  provisionalPersonalCode,
  selfMadePersonalCode,
} from './personal-code';

describe('a personal code', () => {
  it('of a citizen is G and the number', () => {
    expect(citizenPersonalCode({ type: '1', number: '11010519491231002x' })).toBe('G11010519491231002X');
    expect(citizenPersonalCode({ type: 'A', number: 'E12345678' })).toBeUndefined();
    expect(personalCodeForm('G11010519491231002X')).toBe('G');
    expect(personalCodeForm('G110105194912310021')).toBeUndefined();
  });

  it('of somebody without a citizen number is self-made, 19 characters with a check character', () => {
    const code = selfMadePersonalCode({ division: '331102', birthDate: '1980-01-01', serial: 7 });
    expect(code).toMatch(/^J33110219800101007[\dX]$/);
    expect(personalCodeForm(code)).toBe('J');
  });

  it('is provisional until the duplicate check has passed', () => {
    const code = provisionalPersonalCode({ division: '331102', birthDate: '1980-01-01', random: '0042' });
    expect(code).toBe('L331102198001010042');
    expect(personalCodeForm(code)).toBe('L');
    expect(() => provisionalPersonalCode({ division: '331102', birthDate: '1980-01-01', random: '42' })).toThrow();
  });

  it('has the form it was made in, for every serial', () => {
    const serials = fc.integer({ min: 0, max: 999 });
    fc.assert(
      fc.property(serials, (serial) => {
        const code = selfMadePersonalCode({ division: '331181', birthDate: '1990-02-28', serial });
        return code.length === 19 && personalCodeForm(code) === 'J';
      }),
    );
    expect(() => selfMadePersonalCode({ division: '331181', birthDate: '1990-02-28', serial: 1000 })).toThrow();
  });

  it('of form G contains the identity number and is masked alike', () => {
    expect(maskPersonalCode('G331102198001010019')).toBe('G331102********0019');
    expect(maskPersonalCode('L331102198001010042')).toBe('L331102198001010042');
  });
});
