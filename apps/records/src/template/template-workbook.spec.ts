import { categories, sections } from '@shidang/catalogue';
import { inspectWorkbook } from '../import/workbook/inspect-workbook';
import { readWorkbook } from '../import/workbook/read-workbook';
import { sheetColumns } from './section-sheet';
import { templateWorkbook } from './template-workbook';

describe('the import template', () => {
  it.each(categories.map((each) => each.key))(
    'of %s has a sheet per section, and comes back without a finding',
    async (category) => {
      const file = await templateWorkbook(category);
      await inspectWorkbook(file);
      const read = await readWorkbook(file);
      expect(read.heads.flatMap((head) => head.section ?? [])).toEqual(sections.map((each) => each.key));
      expect(read.heads.flatMap((head) => head.findings)).toEqual([]);
      expect(read.rows).toBe(0);
      for (const head of read.heads) {
        const section = sections.find((each) => each.key === head.section);
        if (section) expect(head.columns).toHaveLength(sheetColumns(section, category).length);
      }
    },
  );

  it('begins every sheet with the document number and the name', () => {
    for (const section of sections) {
      expect(
        sheetColumns(section, 'special')
          .slice(0, 2)
          .map((each) => each.title),
      ).toEqual(['*身份证件号', '*姓名']);
    }
  });
});
