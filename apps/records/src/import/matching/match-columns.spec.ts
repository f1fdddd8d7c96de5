import { categories, sections, type SectionKey } from '@shidang/catalogue';
import { sheetColumns } from '../../template/section-sheet';
import {
  headerMark,
  isDoubt,
  likelyTargets,
  matchColumns,
  missingTargets,
  type Choices,
  type ColumnMatch,
} from './match-columns';
import { shownSample } from './shown-sample';

const header = (...titles: string[]) => titles.map((title, at) => ({ column: at + 1, title, values: 3 }));
const matched = (section: SectionKey, titles: string[], choices: Choices = {}): ColumnMatch[] =>
  matchColumns(section, header(...titles), choices);
const one = (section: SectionKey, title: string, choices: Choices = {}) => matched(section, [title], choices)[0]!;
const everywhere = categories.map(({ key }) => key);

describe('the columns of a sheet', () => {
  it.each(sections.flatMap(({ key }) => categories.map((category) => [key, category.key] as const)))(
    'of the template itself are sure, and none is missing: %s, %s',
    (section, category) => {
      const titles = sheetColumns(
        sections.find(({ key }) => key === section)!,
        category,
      ).map(({ title }) => title);
      const matches = matched(section, titles);
      expect(matches.filter(({ why }) => why !== 'title')).toEqual([]);
      expect(missingTargets(section, matches, [category], [])).toEqual([]);
    },
  );

  it.each([
    ['contact', ' ＊手　机 ', 'mobile', 'title'],
    ['contact', '手机（必填）', 'mobile', 'wording'],
    ['contact', '【手机】：', 'mobile', 'wording'],
    ['contact', '手机号码', 'mobile', 'wording'],
    ['contact', 'E-MAIL', 'email', 'wording'],
    ['contact', '身份证号', 'person.number', 'wording'],
    ['basic', '身份证号码', 'idNo', 'wording'],
    ['basic', '出生日期(YYYY-MM-DD)', 'birthDate', 'wording'],
    ['achievement', '名称', 'name', 'wording'],
    ['achievement', '姓名', 'person.name', 'title'],
  ] as const)('%s: “%s” is surely %s', (section, title, target, why) => {
    expect(one(section, title)).toEqual({ column: 1, target, why, proposals: [] });
  });

  it('that are only similar are proposed, not read', () => {
    const match = one('contact', '手机联系方式');
    expect(match).toMatchObject({ why: 'similar' });
    expect(match.target).toBeUndefined();
    expect(match.proposals.slice(0, 2).sort()).toEqual(['mobile', 'other']);
  });

  it('that nobody knows are asked about, empty ones are not', () => {
    expect(one('basic', '工资卡号')).toMatchObject({ why: 'unknown', proposals: [] });
    expect(matchColumns('basic', [{ column: 9, title: '工资卡号', values: 0 }], {})[0]).toMatchObject({ why: 'empty' });
  });

  it('that mean the same: the surer one has it, two alike are both in doubt', () => {
    expect(matched('contact', ['手机号码', '手机']).map(({ why, target }) => [why, target])).toEqual([
      ['twice', undefined],
      ['title', 'mobile'],
    ]);
    expect(matched('contact', ['手机', '手机']).map(({ why, proposals }) => [why, proposals])).toEqual([
      ['twice', ['mobile']],
      ['twice', ['mobile']],
    ]);
    const [full, blank] = matchColumns('contact', [...header('手机'), { column: 2, title: '手机', values: 0 }], {});
    expect([full!.target, blank!.why]).toEqual(['mobile', 'empty']);
  });

  it('are read as somebody chose, now before earlier, and earlier before the header', () => {
    const kept = { columns: { 1: 'phone', 2: null }, without: [] };
    expect(one('contact', '小灵通', { kept })).toMatchObject({ target: 'phone', why: 'kept' });
    expect(matched('contact', ['手机', '手机'], { kept }).map(({ why, target }) => [why, target])).toEqual([
      ['kept', 'phone'],
      ['kept', undefined],
    ]);
    const chosen = { columns: { 1: 'other' }, without: [] };
    expect(one('contact', '小灵通', { kept, chosen })).toMatchObject({ target: 'other', why: 'chosen' });
  });

  it('have a mark of their header: titles and places, whatever the spaces and stars', () => {
    const mark = headerMark(header('*姓名', '手机'));
    expect(headerMark(header(' 姓 名', '手机'))).toBe(mark);
    expect(headerMark([...header('姓名', '手机'), { column: 3, title: '' }])).toBe(mark);
    for (const other of [header('手机', '姓名'), header('姓名', '手机', '手机'), header('姓名')])
      expect(headerMark(other)).not.toBe(mark);
  });

  it('that are left out may hold what their header says all the same', () => {
    expect(likelyTargets('contact', '手机')[0]).toBe('mobile');
    expect(likelyTargets('contact', '手机联系方式')).toContain('mobile');
    expect(likelyTargets('contact', '')).toEqual([]);
  });

  it('that are required and not there are missing, unless somebody goes on without', () => {
    const matches = matched('assessment', ['身份证件号', '姓名', '考核年度']);
    const missing = missingTargets('assessment', matches, everywhere, []);
    expect(missing).toContain('result');
    expect(missingTargets('assessment', matches, everywhere, ['result'])).toEqual(
      missing.filter((key) => key !== 'result'),
    );
    expect(missingTargets('assessment', matched('assessment', ['姓名']), everywhere, [])).toContain('person.number');
  });

  it('in doubt are those nobody has decided on', () => {
    expect([one('basic', '工资卡号'), one('basic', '姓名')].map(isDoubt)).toEqual([true, false]);
  });
});

describe('a content shown while one chooses', () => {
  it('is masked where the column is or may be sensitive', () => {
    expect(shownSample('contact', '331102198001010019', ['person.number'])).toBe('331102********0019');
    expect(shownSample('contact', '13905781234', ['other', 'mobile'])).not.toContain('0578');
    expect(shownSample('assessment', '丽水市教育局', ['assessor'])).toBe('丽水市教育局');
  });

  it('of nobody knows what shows no number of anybody', () => {
    expect(shownSample('basic', '6222000000001234', [])).toBe('62************34');
    expect(shownSample('basic', '0578-1234567', [])).toBe('05********67');
    expect(shownSample('basic', '2016-09', [])).toBe('2016-09');
    expect(shownSample('basic', '三楼 302', [])).toBe('三楼 302');
  });
});
