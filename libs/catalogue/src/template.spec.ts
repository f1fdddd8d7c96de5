import {
  categories,
  exampleRow,
  identityFacts,
  personColumns,
  rowViolations,
  sections,
  templateColumns,
} from './index';

const sheets = sections.flatMap((section) => categories.map(({ key }) => ({ section, category: key })));

describe('the import template', () => {
  it.each(sheets)('names each column of $section.key in $category once', ({ section, category }) => {
    const headers = templateColumns(section, category).map((column) => column.header);
    expect(new Set(headers).size).toBe(headers.length);
    expect(headers.length).toBeGreaterThan(0);
  });

  it.each(sheets)('shows an example of $section.key in $category that is itself sound', ({ section, category }) => {
    expect(rowViolations(section, exampleRow(section, category), category, { today: '2016-11-23' })).toEqual([]);
  });

  it('offers nothing that nobody may type', () => {
    const keys = templateColumns('basic', 'primarySecondary').map((column) => column.key);
    expect(keys).not.toContain('highestEducation');
    expect(keys).not.toContain('photo');
  });

  it('calls a column as the category calls it', () => {
    const header = (category: 'kindergarten' | 'special') =>
      templateColumns('basic', category).find((column) => column.key === 'joinSchoolMonth')?.header;
    expect(header('kindergarten')).toBe('进本园年月');
    expect(header('special')).toBe('进本校年月');
  });

  it('offers "code-name" of selectable codes only, from the table of the category', () => {
    const column = templateColumns('basic', 'kindergarten').find((each) => each.key === 'staffCategory');
    expect(column).toMatchObject({ codeTable: 'staffCategory.kindergarten', example: '51-园长', required: 'always' });
    const education = templateColumns('education', 'special').find((each) => each.key === 'educationLevel');
    expect(education?.options).toContain('21-大学本科毕业');
    expect(education?.options).not.toContain('20-大学本科教育');
  });

  it('finds the person of a repeating row by name and document', () => {
    expect(personColumns('special').map((column) => column.key)).toEqual([
      identityFacts.name,
      identityFacts.documentType,
      identityFacts.documentNumber,
    ]);
  });
});
