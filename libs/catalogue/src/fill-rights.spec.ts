import fc from 'fast-check';
import { fillableBy, mayFill, mayFillSection, sections, type FillPolicyRow, type SectionKey } from './index';

const all = sections.flatMap((section) => section.indicators.map((indicator) => ({ section, indicator })));

describe('who may fill', () => {
  it.each<SectionKey>(['assessment', 'pay', 'ethics', 'proTitle'])('%s is the organisation’s, always', (section) => {
    expect(mayFillSection('teacher', section)).toBe(false);
    expect(mayFillSection('school', section)).toBe(true);
  });

  it('the facts that make a person are the school’s', () => {
    for (const key of ['name', 'sex', 'birthDate', 'idDocType', 'idNo']) {
      expect(fillableBy('basic', key)).toBe('school');
    }
  });

  it('nobody types what is derived, fed from elsewhere or unknown', () => {
    expect(fillableBy('basic', 'highestEducation')).toBe('nobody');
    expect(mayFill('school', 'qualification', 'firstRegResult')).toBe(false);
    expect(mayFill('school', 'basic', 'shoeSize')).toBe(false);
  });

  it('a policy takes an indicator or a section away from teachers', () => {
    expect(mayFill('teacher', 'education', 'major')).toBe(true);
    const major: FillPolicyRow = { section: 'education', indicator: 'major', fillableBy: 'school' };
    expect(mayFill('teacher', 'education', 'major', [major])).toBe(false);
    expect(mayFill('teacher', 'education', 'enrollMonth', [major])).toBe(true);
    expect(mayFill('teacher', 'education', 'enrollMonth', [{ section: 'education', fillableBy: 'school' }])).toBe(
      false,
    );
    expect(mayFill('school', 'education', 'major', [major])).toBe(true);
  });

  it('no policy whatever widens what the catalogue allows', () => {
    const rows = fc.record({
      section: fc.constantFrom(...sections.map((each) => each.key)),
      indicator: fc.option(fc.constantFrom('year', 'major', 'name', 'result'), { nil: undefined }),
      fillableBy: fc.constantFrom('school' as const, 'teacher' as unknown as 'school'),
    });
    fc.assert(
      fc.property(fc.array(rows), fc.constantFrom(...all), (policy, { section, indicator }) => {
        for (const role of ['teacher', 'school'] as const) {
          if (mayFill(role, section, indicator, policy)) expect(mayFill(role, section, indicator)).toBe(true);
        }
      }),
    );
  });
});
