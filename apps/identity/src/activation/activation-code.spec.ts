import { ActivationCode } from './activation-code.entity';
import { newSlipCode, normaliseSlipCode } from './slip-code';

const now = new Date('2016-11-01T08:00:00Z');
const after = (days: number) => new Date(now.getTime() + days * 86_400_000);
const aCode = () => new ActivationCode({ id: 'a', orgPath: '0.' }, 'hash', { days: 7, now });

describe('activation slip (激活单)', () => {
  test('is good for seven days', () => {
    expect(aCode().isGood(after(6.99))).toBe(true);
    expect(aCode().isGood(after(7))).toBe(false);
  });

  test('is good once, and void when a newer one is issued', () => {
    expect(Object.assign(aCode(), { redeemedAt: now }).isGood(now)).toBe(false);
    expect(Object.assign(aCode(), { voidedAt: now }).isGood(now)).toBe(false);
  });

  test('reads the same however it is typed', () => {
    const code = newSlipCode();
    expect(code).toMatch(/^([2-9A-HJKMNP-Z]{4}-){2}[2-9A-HJKMNP-Z]{4}$/);
    expect(normaliseSlipCode(` ${code.toLowerCase().replace('-', ' ')}　`)).toBe(code.replaceAll('-', ''));
  });

  test('does not repeat', () => expect(new Set(Array.from({ length: 2000 }, newSlipCode)).size).toBe(2000));
});
