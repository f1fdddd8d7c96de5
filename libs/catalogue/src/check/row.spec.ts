import { checkRow, exampleRow, rowViolations, type Category, type SectionKey, type Values } from '../index';

const today = '2016-11-23';
const category: Category = 'primarySecondary';

/** A sound row, changed. */
const row = (section: SectionKey, change: Values = {}, of: Category = category) =>
  rowViolations(section, { ...exampleRow(section, of), ...change }, of, { today, entry: 'e1' });

const codes = (section: SectionKey, change: Values = {}, of: Category = category) =>
  row(section, change, of).map((each) => `${each.field ?? ''}:${each.code}`);

describe('a row', () => {
  it('that is sound has no violation', () => {
    expect(row('basic')).toEqual([]);
    expect(row('education')).toEqual([]);
  });

  it('says what is missing, in words and at the field', () => {
    expect(row('basic', { name: '' })).toEqual([
      {
        code: 'required',
        section: 'basic',
        entry: 'e1',
        field: 'name',
        severity: 'error',
        words: { zh: '姓名必填', en: 'Name is required' },
      },
    ]);
  });

  it('being typed is not told what is still missing', () => {
    expect(rowViolations('basic', { name: '周小兰' }, category, { today, partial: true })).toEqual([]);
  });

  it('of another category requires other things', () => {
    expect(codes('basic', { health: undefined }, 'primarySecondary')).toEqual([]);
    expect(codes('basic', { health: undefined }, 'special')).toEqual(['health:required']);
    expect(codes('ethics', { honorLevel: '1' }, 'primarySecondary')).toEqual([]);
    expect(codes('ethics', { honorLevel: '1' }, 'vocational')).toHaveLength(4);
  });

  it('keeps, with a warning, what another category collects, and refuses what nobody does', () => {
    expect(row('teaching', { vocSubjectType: '01' })).toMatchObject([{ code: 'not_collected', severity: 'warning' }]);
    expect(codes('teaching', { shoeSize: '42' })).toEqual(['shoeSize:unknown_indicator']);
  });
});

describe('one root mistake is one violation', () => {
  it('a wrong code is not also missing, nor compared', () => {
    expect(codes('education', { educationLevel: '99' })).toEqual(['educationLevel:unknown_code']);
    expect(codes('post', { postCategory: 'x' })).toEqual(['postCategory:unknown_code']);
  });

  it('a wrong check digit does not also accuse the birth date', () => {
    expect(codes('basic', { idNo: '331121198512310021', birthDate: '1980-01-01' })).toEqual([
      'idNo:document_check_digit',
    ]);
  });

  it('a choice that switches five values off is said once, at the choice', () => {
    expect(
      codes('education', {
        educationLevel: '0',
        degreeLevel: '0',
        degreeName: undefined,
        degreeCountry: undefined,
        degreeSchool: undefined,
        degreeMonth: undefined,
      }),
    ).toEqual(['educationLevel:not_applicable']);
  });

  it('a value that could not be read is neither missing nor compared', () => {
    const raw = { ...exampleRow('education', category), enrollMonth: 42614 };
    const { values, violations } = checkRow('education', raw, category, { today, entry: 0 });
    expect(violations.map((each) => each.code)).toEqual(['date_is_number']);
    expect(violations[0]).toMatchObject({ field: 'enrollMonth', entry: 0, section: 'education' });
    expect(values).not.toHaveProperty('enrollMonth');
  });
});

describe('a finding', () => {
  it('on something nobody collects is not dropped in silence', () => {
    const raw = { ...exampleRow('work', category), shoeSize: 42 };
    const { values, violations } = checkRow('work', raw, category, { today });
    expect(violations.map((each) => each.code)).toEqual(['unknown_indicator']);
    expect(values).not.toHaveProperty('shoeSize');
  });

  it('does not repeat a sensitive value', () => {
    const pay = { ...exampleRow('pay', category), annualIncome: '八万八', insurance: '八险' };
    const { violations } = checkRow('pay', pay, category, { today });
    expect(violations.map((each) => each.code)).toEqual(['malformed_number', 'unknown_code']);
    const ethics = { ...exampleRow('ethics', category), punishType: '1', punishReason: '1', punishEventDate: 42614 };
    const found = [...violations, ...checkRow('ethics', ethics, category, { today }).violations];
    expect(found.map((each) => each.words.zh + each.words.en).join()).not.toMatch(/八万八|八险|42614/);
  });

  it('marks all values concerned', () => {
    const [found] = row('education', { educationLevel: '0' });
    expect(found?.also).toContain('major');
  });
});

describe('“0-无”', () => {
  it('excludes every other choice', () => {
    expect(codes('teaching', { stage: ['0', '2'] })).toEqual(['stage:excludes_others']);
    expect(codes('post', { duty: ['00', '03'] })).toEqual(['duty:excludes_others']);
    expect(codes('pay', { insurance: ['0', '1'] })).toEqual(['insurance:excludes_others']);
  });

  it('of 学历 switches off school, major and dates, which are then not required', () => {
    const none = { educationLevel: '0', degreeLevel: '0', studyMode: '1' };
    expect(rowViolations('education', none, category, { today })).toEqual([]);
    const [found] = rowViolations('education', { ...none, major: '数学' }, category, { today });
    expect(found).toMatchObject({ code: 'not_applicable', field: 'major', fix: { value: undefined } });
    expect(found?.words.zh).toBe('获得学历为“0-无”时，所学专业应为空');
  });

  it('of 校级职务 empties its start', () => {
    expect(codes('post', { duty: ['00'], dutyStartMonth: '2015-09' })).toEqual(['dutyStartMonth:not_applicable']);
    expect(codes('post', { duty: ['03'], dutyStartMonth: '2015-09' })).toEqual([]);
  });

  it('of 任教学段 means 未任课', () => {
    expect(row('teaching', { stage: ['0'] })).toMatchObject([
      { code: 'contradicts_row', field: 'teachingStatus', fix: { value: '10' } },
    ]);
  });

  it('of 海外研修 wants nothing else', () => {
    expect(rowViolations('overseas', { hasOverseas: '0' }, category, { today })).toEqual([]);
  });
});

describe('rules of a row', () => {
  it('a post level belongs to its category', () => {
    expect(codes('post', { postLevel: '207' })).toEqual(['postLevel:level_mismatch']);
    expect(codes('post', { postCategory: '2', postLevel: '207' })).toEqual([]);
    expect(codes('post', { postCategory: '1', postLevel: '110' })).toEqual([]);
    expect(codes('post', { postCategory: '3', postLevel: '901' })).toEqual([]);
  });

  it('a concurrent post is of another category, and only when there is one', () => {
    const concurrent = { hasConcurrent: '1', concurrentCategory: '11', concurrentLevel: '110' };
    expect(codes('post', concurrent)).toEqual(['concurrentCategory:same_as_other']);
    expect(codes('post', { ...concurrent, concurrentCategory: '2', concurrentLevel: '207' })).toEqual([]);
    expect(codes('post', { hasConcurrent: '1' })).toEqual(['concurrentCategory:required', 'concurrentLevel:required']);
  });

  it('a degree has the level that is given', () => {
    expect(codes('education', { degreeName: '304' })).toEqual(['degreeName:level_mismatch']);
  });

  it('a sanction needs its reason and its date', () => {
    expect(codes('ethics', { punishType: '1' })).toEqual(['punishReason:required', 'punishEventDate:required']);
  });

  it('somebody who teaches has weekly lessons', () => {
    expect(codes('teaching', { weeklyHours: undefined })).toEqual(['weeklyHours:required']);
    expect(codes('teaching', { teachingStatus: '99', weeklyHours: undefined, course: undefined })).toEqual([
      'teachingStatusDesc:required',
    ]);
  });

  it('pay is of a year that is over', () => {
    expect(codes('pay', { year: '2015' })).toEqual([]);
    expect(codes('pay', { year: '2016' })).toEqual(['year:year_not_over']);
  });

  it('an end is not before its start', () => {
    expect(row('education', { graduateMonth: '2003-08' })[0]?.words.zh).toBe('毕业年月不能早于入学年月（2003-09）');
    expect(codes('work', { endMonth: '2007-07' })).toEqual(['endMonth:before_start']);
    expect(codes('work', { endMonth: '2007-08' })).toEqual([]);
    expect(codes('proTitle', { endMonth: '2013-09' })).toEqual(['endMonth:before_start']);
  });

  it('what has happened is not in the future', () => {
    expect(codes('basic', { workStartMonth: '2016-12' })).toEqual(['workStartMonth:in_future']);
    expect(codes('qualification', { issueDate: '2016-11-24' })).toEqual(['issueDate:in_future']);
    expect(codes('qualification', { issueDate: '2016-11-23' })).toEqual([]);
  });

  it('the identity facts agree with each other', () => {
    expect(codes('basic', { sex: '1' })).toEqual(['sex:document_sex_mismatch']);
    expect(row('basic', { birthDate: '1985-12-30' })).toMatchObject([
      { field: 'birthDate', fix: { value: '1985-12-31' } },
    ]);
  });

  it('ethnicity and political status apply to Chinese nationals only', () => {
    const foreign = { country: '840', idDocType: 'A', idNo: 'E12345678', ethnicity: undefined, political: undefined };
    expect(codes('basic', foreign)).toEqual([]);
    expect(codes('basic', { ...foreign, ethnicity: '01' })).toEqual(['ethnicity:not_applicable']);
  });

  it('a heading cannot be chosen', () => {
    expect(codes('education', { educationLevel: '20' })).toEqual(['educationLevel:heading_not_selectable']);
  });
});

describe('a text', () => {
  it('fits, counted as people count characters', () => {
    expect(codes('basic', { name: '周'.repeat(51) })).toEqual(['name:too_long']);
    expect(codes('basic', { name: '𬭊'.repeat(50) })).toEqual([]);
  });

  it('has no control or invisible characters', () => {
    expect(codes('basic', { name: '周\u0007兰' })).toEqual(['name:control_characters']);
    expect(codes('basic', { name: '周\u202e兰' })).toEqual(['name:control_characters']);
    expect(codes('basic', { memo: '第一行\n第二行' })).toEqual([]);
    expect(codes('basic', { name: '周\n兰' })).toEqual(['name:control_characters']);
  });

  it('of contact details has their form', () => {
    expect(codes('contact', { mobile: '1390000000' })).toEqual(['mobile:malformed_mobile']);
    expect(codes('contact', { email: 'zhou@' })).toEqual(['email:malformed_email']);
    expect(codes('contact', { phone: '0578-1234567', mobile: '13900000000', email: 'zhou@example.cn' })).toEqual([]);
  });

  it('is text, whatever arrives', () => {
    expect(codes('basic', { name: 7 })).toEqual(['name:malformed_value']);
    expect(codes('basic', { political: '13' })).toEqual(['political:unknown_code']);
    expect(codes('pay', { basicPay: '3000' })).toEqual(['basicPay:malformed_number']);
    expect(codes('pay', { basicPay: -1 })).toEqual(['basicPay:too_small']);
  });
});
