import type { CellValue, MonthlyReportView, ReportCell, ReportGroup } from '@shidang/contracts';
import type ExcelJS from 'exceljs';
import { PassThrough } from 'node:stream';

export const formTitle = '部署与启用月报表';
export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** One column of figures; the last one is the sum. */
interface Column {
  readonly title: string;
  readonly of: (cell: ReportCell) => CellValue | undefined;
}

const thin: Partial<ExcelJS.Borders> = {
  top: { style: 'thin' },
  bottom: { style: 'thin' },
  left: { style: 'thin' },
  right: { style: 'thin' },
};
const centred: Partial<ExcelJS.Alignment> = { horizontal: 'center', vertical: 'middle', wrapText: true };

/** Own sheet, one column per organisation summed, the sum: a report that sums nothing has the one column. */
export function columnsOf(report: MonthlyReportView): Column[] {
  if (report.rolledUp.length === 0 && report.missing.length === 0) return [{ title: '数值', of: (cell) => cell.own }];
  return [
    { title: `${report.organisation.name}（本级）`, of: (cell) => cell.own },
    ...report.rolledUp.map(({ organisation, figures }): Column => ({
      title: organisation.name,
      of: (cell) => figures?.[cell.key],
    })),
    { title: '合计', of: (cell) => cell.total },
  ];
}

const day = (iso: string): string =>
  new Date(new Date(iso).getTime() + 8 * 3_600_000).toISOString().slice(0, 10).replace(/-/g, '/');

const monthWords = (month: string): string => `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月`;

export const reportFileName = ({ organisation, month, shown }: MonthlyReportView): string =>
  `${formTitle}-${organisation.name}-${month}${shown > 1 ? `-第${shown}版` : ''}${shown === 0 ? '-未上报' : ''}.xlsx`;

/** Numbers stay numbers and days stay days, so that whoever gets the file can go on calculating. */
function write(cell: ExcelJS.Cell, { type }: ReportCell, value: CellValue | undefined): void {
  cell.border = thin;
  cell.alignment = { horizontal: 'right', vertical: 'middle', wrapText: true };
  if (value === null || value === undefined) {
    cell.value = null;
  } else if (type === 'rate' && typeof value === 'number') {
    cell.value = value;
    cell.numFmt = '0.0%';
  } else if (typeof value === 'number') {
    cell.value = value;
    cell.numFmt = '0';
  } else if (typeof value === 'boolean') {
    cell.value = value ? '是' : '否';
  } else if (type === 'day') {
    cell.value = new Date(`${value}T00:00:00Z`);
    cell.numFmt = 'yyyy/mm/dd';
  } else {
    cell.value = value;
    cell.alignment = { ...cell.alignment, horizontal: 'left' };
  }
}

class Sheet {
  private row = 0;

  constructor(
    private readonly sheet: ExcelJS.Worksheet,
    private readonly report: MonthlyReportView,
    private readonly columns: readonly Column[],
  ) {}

  private get last(): number {
    return 3 + this.columns.length;
  }

  write(): void {
    this.heading();
    for (const group of this.report.groups) {
      if (group.key === 'signatures') continue;
      if (group.key === 'text') this.texts(group);
      else this.figures(group);
    }
    this.absent();
    this.signatures();
    this.sheet.pageSetup.printTitlesRow = '1:4';
  }

  private across(text: string, from = 1, to = this.last): ExcelJS.Cell {
    this.sheet.mergeCells(this.row, from, this.row, to);
    const cell = this.sheet.getCell(this.row, from);
    cell.value = text;
    return cell;
  }

  private heading(): void {
    const { organisation, month, shown, asOf, dueOn, late } = this.report;
    this.row = 1;
    const title = this.across(formTitle);
    title.font = { name: '方正小标宋简体', size: 18, bold: true };
    title.alignment = centred;
    this.sheet.getRow(1).height = 30;
    this.row = 2;
    this.across(`填报单位：${organisation.name}（${organisation.code}）　　报告月份：${monthWords(month)}`);
    this.row = 3;
    const version = shown === 0 ? '未上报，数据为当前值' : shown === 1 ? '首次上报' : `第 ${shown} 版（重报）`;
    this.across(
      `数据截至：${day(asOf)}　　应报日期：${dueOn.replace(/-/g, '/')}${late ? '（迟报）' : ''}　　${version}`,
    );
    this.row = 4;
    for (const [at, words] of ['类别', '指标', '口径说明', ...this.columns.map(({ title: of }) => of)].entries()) {
      const cell = this.sheet.getCell(this.row, at + 1);
      cell.value = words;
      cell.font = { bold: true };
      cell.border = thin;
      cell.alignment = centred;
      cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF0F0F0' } };
    }
    this.sheet.getRow(4).height = 32;
  }

  private figures({ label, cells }: ReportGroup): void {
    const first = this.row + 1;
    for (const each of cells) {
      this.row += 1;
      const name = this.sheet.getCell(this.row, 2);
      name.value = each.label.zh;
      const definition = this.sheet.getCell(this.row, 3);
      definition.value = each.definition?.zh ?? (each.kind === 'typed' ? '填报' : '系统取数');
      for (const cell of [name, definition]) {
        cell.border = thin;
        cell.alignment = { vertical: 'middle', wrapText: true };
      }
      for (const [at, column] of this.columns.entries())
        write(this.sheet.getCell(this.row, 4 + at), each, column.of(each));
    }
    this.sheet.mergeCells(first, 1, this.row, 1);
    const head = this.sheet.getCell(first, 1);
    head.value = label.zh;
    head.alignment = centred;
    head.border = thin;
    head.font = { bold: true };
  }

  /** Texts stay the organisation's own and take the width of the sheet. */
  private texts({ cells }: ReportGroup): void {
    for (const each of cells) {
      this.row += 1;
      const name = this.across(each.label.zh, 1, 2);
      name.border = thin;
      name.alignment = centred;
      const text = typeof each.own === 'string' ? each.own : '';
      const cell = this.across(text, 3);
      cell.border = thin;
      cell.alignment = { vertical: 'top', wrapText: true };
      this.sheet.getRow(this.row).height = Math.min(400, 18 * Math.max(2, Math.ceil(text.length / 50)));
    }
  }

  private absent(): void {
    if (this.report.missing.length === 0) return;
    this.row += 1;
    const names = this.report.missing.map(({ organisation }) => organisation.name).join('、');
    const cell = this.across(`截至汇总时缺报（${this.report.missing.length} 个，未计入合计）：${names}`);
    cell.border = thin;
    cell.alignment = { vertical: 'middle', wrapText: true };
    cell.font = { bold: true };
    this.sheet.getRow(this.row).height = 32;
  }

  private signatures(): void {
    const typed = new Map(
      this.report.groups.flatMap((group) => group.cells).map((cell) => [cell.key, cell.own] as const),
    );
    const name = (key: string): string => String(typed.get(key) ?? '');
    const submitted = this.report.submittedAt ? day(this.report.submittedAt) : '';
    this.row += 1;
    this.across(`填表人：${name('filledBy')}　　审核人：${name('reviewedBy')}　　填表日期：${submitted}　　（盖章）`);
    this.sheet.getRow(this.row).height = 28;
  }
}

/** 《部署与启用月报表》 as a workbook, A4 landscape; the same report gives the same bytes. */
export async function sheetWorkbook(report: MonthlyReportView): Promise<Buffer> {
  const stream = new PassThrough();
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  const { default: exceljs } = await import('exceljs');
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: true });
  workbook.creator = '师档 Shidang';
  workbook.created = workbook.modified = new Date(report.asOf);
  const columns = columnsOf(report);
  const sheet = workbook.addWorksheet('月报表', {
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: { oddFooter: '第 &P 页，共 &N 页' },
    views: [{ state: 'frozen', xSplit: 2, ySplit: 4 }],
  });
  sheet.columns = [{ width: 12 }, { width: 26 }, { width: 30 }, ...columns.map(() => ({ width: 14 }))];
  new Sheet(sheet, report, columns).write();
  sheet.commit();
  await workbook.commit();
  return Buffer.concat(pieces);
}
