import { inScope, type Employment } from './employment';

const today = '2016-11-23';
const rule = (employment: Employment) => inScope(employment, today).rule;
const contract = (start: string, end?: string): Employment => ({
  onEstablishment: false,
  contract: { start, ...(end && { end }) },
  postKind: 'teaching',
});

describe('who is collected', () => {
  it('staff on the establishment', () => {
    expect(inScope({ onEstablishment: true }, today)).toMatchObject({ inScope: true, rule: 'on_establishment' });
  });

  it('staff with a contract of a year or more, both days counted', () => {
    expect(rule(contract('2016-09-01', '2017-08-31'))).toBe('contract_long_enough');
    expect(rule(contract('2016-09-01', '2017-08-30'))).toBe('contract_too_short');
    expect(rule(contract('2016-02-29', '2017-02-27'))).toBe('contract_long_enough');
    expect(rule(contract('2016-09-01'))).toBe('contract_long_enough');
  });

  it('not once the contract has ended', () => {
    expect(rule(contract('2014-09-01', '2016-08-31'))).toBe('contract_ended');
  });

  it('contract staff in teaching, other professional and management posts only', () => {
    expect(rule({ ...contract('2016-09-01'), postKind: 'management' })).toBe('contract_long_enough');
    expect(rule({ ...contract('2016-09-01'), postKind: 'support' })).toBe('post_kind');
    expect(rule({ onEstablishment: false, contract: { start: '2016-09-01' } })).toBe('post_kind');
  });

  it('retired staff never', () => {
    expect(inScope({ onEstablishment: true, retired: true }, today)).toMatchObject({
      inScope: false,
      rule: 'retired',
      words: { zh: '离退休人员不在采集范围' },
    });
  });

  it('nobody without a contract or with one that cannot be', () => {
    expect(rule({ onEstablishment: false, postKind: 'teaching' })).toBe('no_contract');
    expect(rule(contract('2016-02-30', '2018-01-01'))).toBe('contract_malformed');
    expect(rule(contract('2017-09-01', '2016-09-01'))).toBe('contract_malformed');
  });

  it('by a rule that can be configured', () => {
    const twoYears = { contractYears: 2, postKinds: ['teaching'] } as const;
    expect(inScope(contract('2016-09-01', '2017-08-31'), today, twoYears).rule).toBe('contract_too_short');
  });
});
