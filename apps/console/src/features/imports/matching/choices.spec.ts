import { doubled, firstChoices, saidOf, stillMissing, undecided, type HeaderColumn, type HeaderSheet } from './choices';

const column = (letter: string, given: Partial<HeaderColumn> = {}): HeaderColumn => ({
  column: letter,
  title: letter,
  values: 3,
  samples: [],
  isSure: true,
  why: 'title',
  proposals: [],
  ...given,
});
const target = (indicator: string, isRequired = false) => ({
  indicator,
  label: indicator,
  labelEn: indicator,
  isRequired,
});
const sheet = (columns: HeaderColumn[], missing: string[] = []): HeaderSheet => ({
  sheet: '联系方式',
  section: 'contact',
  headerRow: 1,
  rows: 3,
  columns,
  missing,
  targets: [target('person.number', true), target('mobile'), target('phone')],
});
const number = column('A', { indicator: 'person.number' });

describe('the choices for columns', () => {
  it('begin with the likeliest; what nobody knows is left to be decided', () => {
    const sheets = [
      sheet([
        number,
        column('B', { isSure: false, why: 'similar', proposals: ['mobile', 'phone'] }),
        column('C', { isSure: false, why: 'unknown' }),
      ]),
    ];
    const choices = firstChoices(sheets);
    expect(choices).toEqual({ '联系方式/A': 'person.number', '联系方式/B': 'mobile', '联系方式/C': undefined });
    expect(undecided(sheets, choices)).toEqual(['联系方式/C']);
  });

  it('give one of two columns what both mean, and leave the other out', () => {
    const twice = { isSure: false, why: 'twice', proposals: ['mobile'] } as const;
    const sheets = [
      sheet([
        number,
        column('B', { ...twice, proposals: ['mobile'] }),
        column('C', { ...twice, proposals: ['mobile'] }),
      ]),
    ];
    expect(firstChoices(sheets)).toMatchObject({ '联系方式/B': 'mobile', '联系方式/C': null });
  });

  it('say what is doubled and what is missing', () => {
    const of = sheet([number, column('B'), column('C')], ['phone']);
    expect(doubled(of, { '联系方式/B': 'mobile', '联系方式/C': 'mobile' })).toEqual(['mobile']);
    expect(stillMissing(of, { '联系方式/A': 'mobile' })).toEqual(['phone', 'person.number']);
    expect(stillMissing(of, { '联系方式/A': 'person.number', '联系方式/B': 'phone' })).toEqual([]);
  });

  it('are sent where there was a doubt or something was changed', () => {
    const sheets = [
      sheet([number, column('B', { indicator: 'mobile' }), column('C', { isSure: false, why: 'unknown' })], ['phone']),
    ];
    const choices = { '联系方式/A': 'person.number', '联系方式/B': 'mobile', '联系方式/C': null };
    expect(saidOf(sheets, choices)).toEqual([{ sheet: '联系方式', columns: [{ column: 'C' }], without: ['phone'] }]);
  });
});
