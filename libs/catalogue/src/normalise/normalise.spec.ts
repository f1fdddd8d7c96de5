import fc from 'fast-check';
import {
  categories,
  findIndicator,
  normalise,
  normaliseRow,
  sections,
  type Indicator,
  type SectionKey,
} from '../index';

const indicator = (section: SectionKey, key: string): Indicator => {
  const found = findIndicator(section, key);
  if (!found) throw new Error(`${section}.${key}`);
  return found;
};

const read = (section: SectionKey, key: string, raw: unknown) => {
  const result = normalise(indicator(section, key), raw, 'primarySecondary');
  return 'code' in result ? result.code : result.value;
};

describe('a code', () => {
  it.each(['21', '大学本科毕业', '21-大学本科毕业', ' ２１－大学本科毕业 ', 21])('is read from %p', (raw) => {
    expect(read('education', 'educationLevel', raw)).toBe('21');
  });

  it('splits "code-name" at the first hyphen, since names contain hyphens', () => {
    expect(read('basic', 'personStatus', '101-在本单位任职-交流轮岗(外校编制来校)')).toBe('101');
    expect(read('basic', 'personStatus', '在本单位任职-交流轮岗（外校编制来校）')).toBe('101');
    expect(read('proTitle', 'title', 'y00-其他系列-正高级')).toBe('Y00');
  });

  it('gets back the zero a spreadsheet took', () => {
    expect(read('basic', 'ethnicity', 1)).toBe('01');
    expect(read('basic', 'country', '36')).toBe('036');
  });

  it('is not guessed: what is meant is proposed', () => {
    const result = normalise(indicator('education', 'educationLevel'), '大学本课', 'special');
    expect(result).toMatchObject({ code: 'unknown_code', fix: { value: '21' } });
  });

  it('that is wrong names what may be written instead, of a long table the first', () => {
    const said = (section: SectionKey, key: string) => {
      const result = normalise(indicator(section, key), '非常好', 'primarySecondary');
      return 'words' in result ? result.words.zh : '';
    };
    expect(said('basic', 'sex')).toMatch(/，可填：0-未知的性别、1-男、2-女、9-未说明的性别$/);
    expect(said('basic', 'ethnicity').match(/\d\d-/g)).toHaveLength(8);
    expect(said('basic', 'ethnicity')).toMatch(/等$/);
  });

  it('is refused when code and name disagree, and when it is a heading', () => {
    expect(read('education', 'educationLevel', '21-大学专科毕业')).toBe('code_name_mismatch');
    expect(read('education', 'educationLevel', '大学本科教育')).toBe('heading_not_selectable');
  });

  it('comes from the table of the category', () => {
    expect(read('basic', 'staffCategory', '专任教师')).toBe('11');
    const inKindergarten = normalise(indicator('basic', 'staffCategory'), '专任教师', 'kindergarten');
    expect(inKindergarten).toEqual({ value: '53' });
  });

  it('of a yes-no question may be a check box', () => {
    expect(read('basic', 'onEstablishment', true)).toBe('1');
    expect(read('basic', 'onEstablishment', '否')).toBe('0');
  });
});

describe('several codes', () => {
  it.each(['3,2', '初中、小学', '2-小学；3-初中', '3\n2\n2', ['3', '2']])('are read from %p', (raw) => {
    expect(read('teaching', 'stage', raw)).toEqual(['2', '3']);
  });

  it('do not split a name at the 、 inside its brackets', () => {
    expect(read('post', 'duty', '党委(总支、支部)书记、校长（园长）')).toEqual(['01', '03']);
  });

  it('are refused when one of them is unknown', () => {
    expect(read('teaching', 'stage', '2,8')).toBe('unknown_code');
  });
});

describe('a date', () => {
  it.each([
    '2016-09-01',
    '2016/9/1',
    '2016.9.1',
    '20160901',
    20160901,
    '2016年9月1日',
    '２０１６－０９－０１',
    '2016-09-01 00:00:00',
  ])('is read from %p', (raw) => {
    expect(read('qualification', 'issueDate', raw)).toBe('2016-09-01');
  });

  it('is read from a real date cell', () => {
    expect(read('qualification', 'issueDate', new Date('2016-09-01T00:00:00Z'))).toBe('2016-09-01');
    expect(read('qualification', 'issueDate', new Date('2016-08-31T23:59:59.999Z'))).toBe('2016-09-01');
  });

  it('is never guessed from a serial number, an American order or two digits of a year', () => {
    expect(read('qualification', 'issueDate', 42614)).toBe('date_is_number');
    for (const raw of ['9/1/2016', '01-09-2016', '16-09-01', '42614', '去年']) {
      expect(read('qualification', 'issueDate', raw)).toBe('malformed_date');
    }
  });

  it('exists', () => {
    expect(read('qualification', 'issueDate', '2015-02-29')).toBe('impossible_date');
    expect(read('qualification', 'issueDate', new Date(NaN))).toBe('malformed_date');
  });
});

describe('a month', () => {
  it.each([
    '2016-09',
    '2016/9',
    '2016.9',
    '201609',
    201609,
    '2016年9月',
    '2016-09-01',
    new Date('2016-09-01T00:00:00Z'),
  ])('is read from %p', (raw) => {
    expect(read('work', 'startMonth', raw)).toBe('2016-09');
  });

  it('is not guessed from the number 2016.1, which may have been 2016.10', () => {
    expect(read('work', 'startMonth', 2016.1)).toBe('ambiguous_month');
    expect(read('work', 'startMonth', 42614)).toBe('date_is_number');
  });

  it('of an end may be 至今, which is blank', () => {
    expect(read('work', 'endMonth', '至今')).toBeUndefined();
    expect(read('work', 'startMonth', '至今')).toBe('malformed_date');
  });
});

describe('a year', () => {
  it.each(['2015', 2015, '2015年', '2015学年', '2015-2016学年'])('is read from %p', (raw) => {
    expect(read('teaching', 'schoolYear', raw)).toBe('2015');
  });

  it('is refused when it is none', () => {
    for (const raw of ['15', '2015-2018', '1850', 42614]) expect(read('pay', 'year', raw)).toBe('malformed_year');
  });
});

describe('a number', () => {
  it('may have full-width digits, separators of thousands and what a spreadsheet adds', () => {
    expect(read('pay', 'annualIncome', '８０，０００．５０')).toBe(80000.5);
    expect(read('pay', 'annualIncome', 3500.4000000000001)).toBe(3500.4);
    expect(read('teaching', 'weeklyHours', '12.0')).toBe(12);
  });

  it('is refused when it is none, not whole, or finer than money', () => {
    expect(read('pay', 'annualIncome', '八万')).toBe('malformed_number');
    expect(read('pay', 'annualIncome', '1.234')).toBe('too_many_decimals');
    expect(read('teaching', 'weeklyHours', '12.5')).toBe('not_whole');
    expect(read('teaching', 'weeklyHours', Infinity)).toBe('malformed_number');
  });

  it('that is sensitive is not repeated, and leaves no gap in the words', () => {
    const result = normalise(indicator('pay', 'basicPay'), '1.234', 'primarySecondary');
    expect(result).toMatchObject({ words: { zh: '该值最多保留两位小数', en: 'the value has more than two decimals' } });
  });
});

describe('a text', () => {
  it('loses spaces around it and characters nobody sees', () => {
    expect(read('work', 'employer', '\ufeff　丽水\u200b市实验学校 ')).toBe('丽水市实验学校');
  });

  it('of a name has no spaces between Chinese characters and the official middle dot', () => {
    expect(read('basic', 'name', '张　三')).toBe('张三');
    expect(read('basic', 'name', '阿依古丽•买买提')).toBe('阿依古丽·买买提');
    expect(read('basic', 'name', 'John  Smith')).toBe('John Smith');
    expect(read('basic', 'name', '㛃𬭊')).toBe('㛃𬭊');
  });

  it('of an identity number is not read from a figure that has lost its digits', () => {
    expect(read('basic', 'idNo', 331102198001010019)).toBe('number_lost_digits');
    expect(read('basic', 'idNo', '3.31102E+17')).toBe('number_lost_digits');
    expect(read('basic', 'idNo', '33110219800101001９')).toBe('331102198001010019');
  });

  it('of a mobile number has digits only', () => {
    expect(read('contact', 'mobile', '+86 139-0000-0000')).toBe('13900000000');
    expect(read('contact', 'mobile', 13900000000)).toBe('13900000000');
  });

  it.each([undefined, null, '', '  ', '\u3000', []])('that is %p is empty', (raw) => {
    expect(read('work', 'employer', raw)).toBeUndefined();
  });

  it('is not read from an object', () => {
    expect(read('work', 'employer', { richText: [] })).toBe('malformed_value');
  });
});

describe('a division', () => {
  it.each(['331102', '331102-莲都区', '莲都区', '丽水市莲都区', '浙江省丽水市莲都区'])('is read from %p', (raw) => {
    expect(read('basic', 'nativePlace', raw)).toBe('331102');
  });

  it('may be one of another province, which is not on file', () => {
    expect(read('basic', 'nativePlace', '110105')).toBe('110105');
    expect(read('basic', 'nativePlace', '990105')).toBe('unknown_division');
  });
});

describe('a row', () => {
  it('keeps what can be read and says why the rest cannot', () => {
    const raw = { type: '小学教师资格', issueDate: 42614, foreign: 1, subject: ' 语文 ' };
    const row = normaliseRow('qualification', raw, 'special');
    expect(row.values).toEqual({ type: '2', subject: '语文' });
    expect(row.refused).toMatchObject([{ field: 'issueDate', reason: { code: 'date_is_number' } }]);
  });
});

describe('normalising', () => {
  const all = sections.flatMap((section) => section.indicators);
  const raws = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.stringMatching(/^[0-9./年月日 -]{1,12}$/),
    fc.constantFrom('21', '初中、小学', '00-无', '331102', '２０１６．９', '男', '1-是', 'A B', '12,345.60'),
    fc.double(),
    fc.integer({ min: 1900, max: 20200101 }),
    fc.date(),
    fc.boolean(),
  );
  const anyCategory = fc.constantFrom(...categories.map((each) => each.key));

  it('never throws, and leaves a normalised value as it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), raws, anyCategory, (each, raw, category) => {
        const once = normalise(each, raw, category);
        if ('code' in once) return expect(once.words.zh).not.toBe('');
        return expect(normalise(each, once.value, category)).toEqual(once);
      }),
      { numRuns: 3000 },
    );
  });
});
