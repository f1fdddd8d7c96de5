import { rowTitle } from './row-title';

const titled = (section: 'education' | 'work' | 'assessment', values: Record<string, string | number>) =>
  rowTitle(section, values, 'primarySecondary', '至今');

describe('what a row is called on its card', () => {
  it('is what tells it from others, not what everybody is given, and its time', () => {
    const values = {
      educationLevel: '21',
      educationCountry: '156',
      educationSchool: '丽水学院',
      enrollMonth: '2004-09',
    };
    expect(titled('education', values)).toEqual({ title: '大学本科毕业 · 丽水学院', when: '2004-09' });
  });

  it('says of a span that is open that it lasts', () => {
    const values = { employer: '瓯江小学', startMonth: '2008-08' };
    expect(titled('work', values)).toEqual({ title: '瓯江小学', when: '2008-08 – 至今' });
    expect(titled('work', { ...values, endMonth: '2016-07' }).when).toBe('2008-08 – 2016-07');
  });

  it('is no number, and nothing where nothing was filled in', () => {
    expect(titled('assessment', { year: 2025, result: '2' })).toEqual({ title: '合格', when: '2025' });
    expect(titled('work', {})).toEqual({ title: '', when: '' });
  });
});
