import type { Fix, Severity, Words } from '@shidang/catalogue';

/** One mistake and its cell, before it is sealed. */
export interface Issue {
  /** Index of the sheet in the order of the template. */
  readonly sheetOrder: number;
  readonly sheet: string;
  readonly row?: number;
  readonly column?: number;
  readonly label?: string;
  readonly code: string;
  readonly severity: Severity;
  readonly words: Words;
  readonly fix?: Fix;
  /** What the cell says, where equal mistakes are mended together; never a sensitive value. */
  readonly value?: string;
  /** Said once for the whole workbook, under this name. */
  readonly once?: string;
}

export const issueWords = {
  unknown_column: {
    zh: '这一列没有对应的指标，按选择不导入；需要导入时请重新对应列',
    en: 'The column holds no indicator and is not imported, as chosen; match the columns anew if it should be',
  },
  duplicate_column: {
    zh: '有两列对应同一指标，这一列按选择不导入',
    en: 'Two columns hold the same indicator; this one is not imported, as chosen',
  },
  no_header: {
    zh: '前 12 行内没有找到含“身份证件号”的表头，整张工作表未读取；请把模板的表头行复制到数据上方',
    en: 'No header row with 身份证件号 was found in the first 12 rows, the sheet was not read; copy the template’s header above the data',
  },
  unknown_sheet: {
    zh: '模板中没有这张工作表，内容不会导入；如需导入请改回模板的工作表名',
    en: 'The template has no such sheet: it is not imported. Restore its name if it should be',
  },
  merged_cells: {
    zh: '数据区有合并单元格，被合并的单元格没有值；请取消合并并逐格填写',
    en: 'Merged cells have one value only; unmerge them and fill in every cell',
  },
  formula_cell: {
    zh: '单元格是公式，请复制后“选择性粘贴”为数值',
    en: 'The cell holds a formula; paste its value instead',
  },
  error_cell: { zh: '单元格是错误值，请重新填写', en: 'The cell holds an error; enter the value again' },
  missing_column: {
    zh: '缺少这一必填列，整张工作表的行都不能导入；请从新下载的模板补上该列',
    en: 'This required column is missing, no row of the sheet can be imported; add it from a fresh template',
  },
  not_collected: {
    zh: '该学校类别不采集这一列，内容不会导入',
    en: 'This school category does not collect the column: it is not imported',
  },
  number_required: {
    zh: '身份证件号必填，用来确认是哪位教师',
    en: 'The document number is required: it says whose row this is',
  },
  unknown_person: {
    zh: '本单位名单中没有这个证件号的教师，其名下各行都不能导入；请核对号码，或先由系统管理员新建教师',
    en: 'No teacher of yours has this number, so none of its rows can be imported; check it, or have the system administrator register the teacher first',
  },
  name_differs: {
    zh: '姓名与该证件号登记的教师不同，请核对是否填错了行',
    en: 'The name is not that of the teacher registered under this number; check the row',
  },
  identity_fact_differs: {
    zh: '与登记的信息不同；姓名、性别、出生日期、证件不能通过导入修改，请核对，确需修改的提出变更申请',
    en: 'Differs from what is registered; name, sex, birth date and document are changed by a change request, not by an import',
  },
  duplicate_person: {
    zh: '该教师在本表中出现了两次，与第 {row} 行重复',
    en: 'This teacher is in the sheet twice, see row {row}',
  },
  duplicate_row: { zh: '与第 {row} 行是同一条记录（关键项相同）', en: 'The same entry as in row {row}' },
  section_full: {
    zh: '该教师的这个信息子集最多 {limit} 条记录，此行不能导入；请删除多余的记录',
    en: 'A teacher has at most {limit} rows in this section, the row is not imported; remove what is superfluous',
  },
  section_not_yours: { zh: '您的角色不能填报这个信息子集', en: 'Your role may not fill this section' },
} as const satisfies Readonly<Record<string, Words>>;

export type IssueCode = keyof typeof issueWords;

/** Words with `{row}` filled in. */
export const wordsOf = (code: IssueCode, facts: Readonly<Record<string, string | number>> = {}): Words => {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''));
  return { zh: fill(issueWords[code].zh), en: fill(issueWords[code].en) };
};
