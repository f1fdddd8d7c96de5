import { checkEmployment, checkFacts } from './facts';

const today = '2026-11-23';
const good = {
  name: '周小兰',
  sex: '女',
  birthDate: '1985-12-31',
  document: { type: '1', number: '331121198512310020' },
};
const check = (change: Partial<typeof good>) => checkFacts({ ...good, ...change }, 'primarySecondary', today);

describe('the four facts of a teacher', () => {
  test('are stored normalised: full width, spaces, hyphens and case make no difference', () => {
    expect(
      check({ name: ' 周 小兰 ', document: { type: '居民身份证', number: '３３１１２１-19851231 0020' } }).facts,
    ).toEqual({
      name: '周小兰',
      sex: '2',
      birthDate: '1985-12-31',
      documentType: '1',
      documentNumber: '331121198512310020',
    });
  });

  test('a wrong check digit is one finding that says which digit it should be', () => {
    const { findings } = check({ document: { type: '1', number: '331121198512310021' } });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ pointer: '/document/number', code: 'records.document_check_digit' });
    expect(findings[0]?.detail).toContain('第 18 位应为 0');
  });

  test('sex and birth date are compared with the number', () => {
    expect(check({ sex: '男' }).findings.map((each) => each.pointer)).toEqual(['/sex']);
    expect(check({ birthDate: '1985-12-30' }).findings.map((each) => each.pointer)).toEqual(['/birthDate']);
  });

  test('an empty name and an unknown document type are both told', () => {
    const { findings } = check({ name: ' ', document: { type: 'Q', number: '331121198512310020' } });
    expect(findings.map((each) => each.pointer).sort()).toEqual(['/document/type', '/name']);
  });

  test('other documents take sex and birth date by hand', () => {
    expect(check({ sex: '1', document: { type: 'A', number: 'e12345678' } }).facts).toMatchObject({
      documentNumber: 'E12345678',
      sex: '1',
    });
  });
});

describe('employment', () => {
  test('retired staff are refused by name of the rule', () => {
    expect(checkEmployment({ onEstablishment: true, retired: true }, today).verdict).toMatchObject({
      inScope: false,
      rule: 'retired',
    });
  });

  test('on the establishment is collected', () => {
    expect(checkEmployment({ onEstablishment: true }, today).verdict.inScope).toBe(true);
  });

  test('a contract date that cannot be read is told at its place', () => {
    const { findings } = checkEmployment({ onEstablishment: true, contract: { start: '明年' } }, today);
    expect(findings.map((each) => each.pointer)).toEqual(['/employment/contract/start']);
  });

  test('a contract shorter than a year is not collected', () => {
    const short = {
      onEstablishment: false,
      contract: { start: '2026-09-01', end: '2027-06-30' },
      postKind: 'teaching' as const,
    };
    expect(checkEmployment(short, today).verdict).toMatchObject({ inScope: false, rule: 'contract_too_short' });
  });
});
