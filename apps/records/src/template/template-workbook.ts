import { catalogueVersion, categories, exampleRow, sections, type Category, type Section } from '@shidang/catalogue';
import { exampleMark, sheetColumns, type SheetColumn } from './section-sheet';
import { offerChoices, openSheet, ReferenceSheet, writtenWorkbook } from './workbook-sheets';

const firstDataRow = 3;

/** What must be filled, as it would be typed; the first cell says that this row is only an example. */
function exampleCells(section: Section, category: Category, columns: readonly SheetColumn[]): string[] {
  const required = new Set(Object.keys(exampleRow(section, category)));
  return columns.map(({ column, person }, index) => {
    if (index === 0) return `${exampleMark}（本行导入时跳过）：${column.example}`;
    return person || required.has(column.key) ? column.example : '';
  });
}

/** The workbook of a category: one sheet per section, code lists on a hidden sheet, no macros. */
export const templateWorkbook = (category: Category): Promise<Buffer> =>
  writtenWorkbook((workbook) => {
    const codes = new ReferenceSheet();
    for (const section of sections) {
      const sheet = openSheet(workbook, section, category);
      const example = sheet.addRow(exampleCells(section, category, sheetColumns(section, category)));
      example.eachCell((cell) => {
        cell.font = { italic: true, color: { argb: 'FF8C8C8C' } };
      });
      example.commit();
      offerChoices(sheet, section, category, codes, firstDataRow);
      sheet.commit();
    }
    codes.write(workbook, category);
  });

export const templateFileName = (category: Category): string =>
  `教师信息采集模板-${categories.find((each) => each.key === category)?.zhName ?? category}-${catalogueVersion}.xlsx`;
