import {
  exampleRow,
  recordViolations,
  rowKey,
  sectionOf,
  sections,
  violations,
  type Category,
  type RecordRow,
  type SectionKey,
  type TeacherRecord,
  type Values,
} from '../index';

const today = '2016-11-23';
const category: Category = 'primarySecondary';
const rows = (section: SectionKey, ...changes: Values[]): RecordRow[] =>
  changes.map((change) => ({ values: { ...exampleRow(section, category), ...change } }));

/** A sound record: the example row of every section that needs one. */
const record = (change: TeacherRecord = {}): TeacherRecord => ({
  ...Object.fromEntries(sections.filter((each) => each.atLeastOneRecord).map((each) => [each.key, rows(each.key, {})])),
  qualification: rows('qualification', {}),
  ...change,
});

const codes = (change: TeacherRecord) =>
  recordViolations(record(change), category, { today }).map(
    (each) => `${each.section}/${each.entry ?? ''}:${each.code}`,
  );

describe('a record', () => {
  it('that is sound has no violation', () => {
    expect(violations(record(), category, { today })).toEqual([]);
  });

  it('reports the violations of its rows, each at its entry', () => {
    const found = violations(
      record({ work: [{ id: 'w1', values: { ...exampleRow('work', category), position: '' } }] }),
      category,
      { today },
    );
    expect(found).toMatchObject([{ section: 'work', entry: 'w1', field: 'position', code: 'required' }]);
  });

  it('has at least one row where the template demands it', () => {
    expect(codes({ post: [] })).toEqual(['post/:section_empty']);
    expect(recordViolations({}, category, { today, partial: true })).toEqual([]);
  });

  it('has one row of a single section', () => {
    expect(codes({ contact: rows('contact', {}, {}) })).toEqual(['contact/1:single_section']);
  });

  it('does not say the same thing twice', () => {
    expect(codes({ assessment: rows('assessment', { year: '2015' }, { year: '2014' }) })).toEqual([]);
    expect(codes({ assessment: rows('assessment', { year: '2015' }, { year: '2015', result: '3' }) })).toEqual([
      'assessment/1:duplicate_row',
    ]);
  });

  it('leaves only the end of the latest job open', () => {
    const open = { employer: '甲校', startMonth: '2007-08' };
    const last = { employer: '乙校', startMonth: '2012-08' };
    expect(codes({ work: rows('work', open, last) })).toEqual(['work/0:open_end_not_latest']);
    expect(codes({ work: rows('work', { ...open, endMonth: '2012-08' }, last) })).toEqual([]);
    expect(codes({ work: rows('work', { ...open, endMonth: '2013-08' }, last) })).toEqual(['work/1:periods_overlap']);
  });
});

describe('the natural key of a row', () => {
  it('does not depend on the order of several codes', () => {
    const key = (stage: string[]) => rowKey(sectionOf('teaching'), { schoolYear: '2015', term: '1', stage });
    expect(key(['2', '3'])).toBe(key(['3', '2']));
    expect(key(['2'])).not.toBe(key(['3']));
  });

  it('is none where nothing is filled or nothing identifies', () => {
    expect(rowKey(sectionOf('teaching'), { weeklyHours: 12 })).toBeUndefined();
    expect(rowKey(sectionOf('basic'), { name: '周小兰' })).toBeUndefined();
  });
});

describe('contradictions across rows and sections', () => {
  it('are never errors, so that they can be accepted with a reason', () => {
    const found = recordViolations(
      record({ basic: rows('basic', { workStartMonth: '1995-01' }), qualification: [] }),
      category,
      { today },
    );
    expect(found.map((each) => each.severity)).toEqual(['warning', 'warning']);
  });

  it.each<[string, TeacherRecord]>([
    ['first_job_too_young', { basic: rows('basic', { workStartMonth: '1995-01' }) }],
    ['joined_before_first_job', { basic: rows('basic', { joinSchoolMonth: '2006-01' }) }],
    ['past_retirement_age', { basic: rows('basic', { birthDate: '1950-01-01' }) }],
    [
      'out_of_scope',
      {
        basic: rows('basic', { onEstablishment: '0', contractStartDate: '2016-09-01', contractEndDate: '2017-01-31' }),
      },
    ],
    ['before_first_job', { work: rows('work', { startMonth: '2006-01' }) }],
    ['enrolled_too_young', { education: rows('education', { enrollMonth: '1989-09' }) }],
    [
      'education_out_of_order',
      {
        education: rows(
          'education',
          { graduateMonth: '2007-06' },
          { educationLevel: '61', enrollMonth: '2004-09', graduateMonth: '2008-06' },
        ),
      },
    ],
    ['normal_graduate_without_row', { education: rows('education', { isNormalMajor: '0' }) }],
    ['teacher_without_qualification', { qualification: [] }],
    ['teacher_not_teaching', { teaching: rows('teaching', { stage: ['0'], teachingStatus: '10' }) }],
    ['several_current_titles', { proTitle: rows('proTitle', {}, { title: 'K20', startMonth: '2013-10' }) }],
    [
      'excellent_despite_sanction',
      {
        ethics: rows('ethics', { punishType: '1', punishEventDate: '2015-05-04' }),
        assessment: rows('assessment', { year: '2015', result: '1' }),
      },
    ],
  ])('%s is seen', (code, change) => {
    expect(codes(change).some((each) => each.endsWith(`:${code}`))).toBe(true);
    expect(codes({}).some((each) => each.endsWith(`:${code}`))).toBe(false);
  });
});
