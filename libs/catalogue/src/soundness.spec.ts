import { catalogueVersion, codeTables, sections, soundness, type Indicator, type Section } from './index';

describe('the catalogue', () => {
  it('is sound: tables exist, conditions parse and name indicators, keys and columns are unique', () => {
    expect(soundness()).toEqual([]);
  });

  it('has the 17 sections of the national record, 200-odd indicators and 67 code tables', () => {
    expect(sections).toHaveLength(17);
    expect(sections.flatMap((section) => section.indicators)).toHaveLength(203);
    expect(codeTables).toHaveLength(67);
    expect(catalogueVersion).toMatch(/^\d{4}\.\d+$/);
  });
});

describe('an unsound catalogue is found out', () => {
  const name = { key: 'name', zhName: '名称', en: 'Name', type: 'string' } as const;
  const faultsOf = (change: Partial<Indicator>, of: Partial<Section> = {}) => {
    const indicators: Indicator[] = [name, { key: 'x', zhName: '某项', en: 'X', type: 'string', ...change }];
    return soundness([{ key: 'talent', zhName: '某子集', en: 'X', fillableBy: 'school', indicators, ...of }]).join(
      '; ',
    );
  };

  it.each<[string, Partial<Indicator>]>([
    ['no code table nowhere', { type: 'code', codeTable: 'nowhere' }],
    ['a code table belongs to type code', { codeTable: 'sex' }],
    ['a code table belongs to type code', { type: 'code' }],
    ['not a condition', { requiredWhen: 'name = 1' }],
    ['names unknown other', { requiredWhen: 'other==1' }],
    ['no code 7', { type: 'code', codeTable: 'yesNo', emptyWhen: 'x==7' }],
    ['refers to unknown start', { type: 'month', notBefore: 'start' }],
    ['is a heading', { type: 'code', codeTable: 'education', default: '20' }],
    ['not in the code table', { type: 'code', codeTable: 'yesNo', example: '也许' }],
    ['excludes others', { type: 'code', codeTable: 'insurance', alone: '0' }],
    ['derived but not read-only', { derivedFrom: { section: 'post', pick: 'latest', by: 'startMonth', take: 'duty' } }],
    ['derived from unknown shoe', { derivedFrom: { section: 'post', pick: 'latest', by: 'shoe', take: 'duty' } }],
    ['talent.name twice', { key: 'name' }],
  ])('%s', (fault, change) => {
    expect(faultsOf(change)).toContain(fault);
  });

  it('when a value depends on one that comes later', () => {
    const first: Indicator = { ...name, key: 'first', requiredWhen: 'name==1' };
    expect(faultsOf({}, { indicators: [first, name] })).toContain('depends on name, which comes later');
  });

  it('when a natural key names nothing, or rows repeat without one', () => {
    expect(faultsOf({}, { multiRecord: true, identifiedBy: ['shoe'] })).toContain('identified by unknown shoe');
    expect(faultsOf({}, { multiRecord: true })).toContain('repeats without a natural key');
  });

  it('not when nothing is wrong', () => {
    expect(faultsOf({ requiredWhen: 'name==1' })).toBe('');
  });
});
