import { codedFacts, completeness, derived, exampleRow, type TeacherRecord, type Values } from './index';

const education = (educationLevel: string, graduateMonth: string, change: Values = {}) => ({
  values: { educationLevel, graduateMonth, educationSchool: `${graduateMonth} 毕业`, degreeLevel: '0', ...change },
});
const of = (record: TeacherRecord) => derived(record, 'primarySecondary');

describe('derived values', () => {
  it('the highest education is the highest that was completed, the later of equals', () => {
    const rows = [
      education('61', '2003-06'),
      education('21', '2007-06'),
      education('21', '2012-06'),
      education('16', '2014-06'),
    ];
    expect(of({ education: rows })).toMatchObject({ highestEducation: '21', highestEducationSchool: '2012-06 毕业' });
  });

  it('the highest degree may come from another row', () => {
    const rows = [
      education('21', '2007-06', {
        degreeLevel: '4',
        degreeName: '404',
        degreeSchool: '丽水学院',
        degreeMonth: '2007-06',
      }),
      education('0', '', { degreeLevel: '3', degreeName: '346', degreeSchool: '浙江师范大学', degreeMonth: '2013-06' }),
    ];
    expect(of({ education: rows })).toMatchObject({
      highestEducation: '21',
      highestDegreeLevel: '3',
      highestDegreeName: '346',
      highestDegreeSchool: '浙江师范大学',
    });
  });

  it('the current post is the one that began last', () => {
    const post = (startMonth: string, postLevel: string) => ({ values: { startMonth, postCategory: '11', postLevel } });
    expect(of({ post: [post('2015-09', '110'), post('2009-09', '112')] })).toMatchObject({ currentPostLevel: '110' });
  });

  it('the current title has not ended', () => {
    const proTitle = [
      { values: { title: 'K30', startMonth: '2013-09' } },
      { values: { title: 'K20', startMonth: '2014-09', endMonth: '2015-09' } },
    ];
    expect(of({ proTitle })).toEqual({ currentProTitle: 'K30' });
  });

  it('of nothing are nothing', () => {
    expect(of({})).toEqual({});
  });
});

describe('coded facts', () => {
  it('carry codes and derived codes, never a name, a number or anything sensitive', () => {
    const values = exampleRow('basic', 'primarySecondary');
    const facts = codedFacts({ basic: [{ values }], education: [education('21', '2007-06')] }, 'primarySecondary');
    expect(facts).toMatchObject({
      'basic.sex': '2',
      'basic.highestEducation': '21',
      'education.educationLevel': ['21'],
    });
    expect(JSON.stringify(facts)).not.toMatch(/周小兰|331121198512310020|毕业/);
    expect(Object.keys(facts)).not.toContain('pay.insurance');
  });
});

describe('completeness', () => {
  it('counts what must be given and lists what is missing, in words', () => {
    const values = { ...exampleRow('basic', 'special'), name: '' };
    const { sections, complete } = completeness({ basic: [{ id: 'b', values }] }, 'special');
    const basic = sections.find((each) => each.section === 'basic');
    expect(complete).toBe(false);
    expect(basic).toMatchObject({
      rows: 1,
      missing: [{ entry: 'b', field: 'name', words: { zh: '基本信息：姓名未填' } }],
    });
    expect(basic && basic.total - basic.done).toBe(1);
  });

  it('asks for a row where the template demands one, and for none elsewhere', () => {
    const { sections } = completeness({}, 'primarySecondary');
    const missing = sections.filter((each) => each.missing.length > 0).map((each) => each.section);
    expect(missing).toEqual(['basic', 'education', 'post', 'proTitle', 'teaching']);
  });

  it('does not ask for what a choice switched off', () => {
    const rows = [{ values: { educationLevel: '0', degreeLevel: '0', studyMode: '1' } }];
    const found = completeness({ education: rows }, 'primarySecondary').sections.find(
      (each) => each.section === 'education',
    );
    expect(found).toMatchObject({ done: 3, total: 3, missing: [] });
  });
});
