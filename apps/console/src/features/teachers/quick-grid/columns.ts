/** Columns of the grid: the four facts that make a person, and the employment that decides whether he is collected. */
export const columnKeys = [
  'name',
  'sex',
  'birthDate',
  'documentType',
  'documentNumber',
  'establishment',
  'postKind',
  'contractStart',
  'contractEnd',
] as const;
export type ColumnKey = (typeof columnKeys)[number];

export interface Column {
  readonly key: ColumnKey;
  /** What sheets call it; the first is how the template of the workbook does. */
  readonly headings: readonly string[];
  /** Does a cell look like it? Only asked of pastes without headings, in this order. */
  readonly looks: (cell: string) => boolean;
  /** Width in `em`. */
  readonly width: number;
}

const date = /^(19|20)\d\d[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?$/;

export const columns: readonly Column[] = [
  { key: 'name', headings: ['姓名', '教师姓名', 'Name'], looks: (cell) => isName(cell), width: 8 },
  { key: 'sex', headings: ['性别', 'Sex', 'Gender'], looks: (cell) => /^([12]-?)?[男女]$/.test(cell), width: 4 },
  {
    key: 'birthDate',
    headings: ['出生日期', '出生年月日', 'Date of birth', 'Birth date'],
    looks: (cell) => date.test(cell) && Number(/\d{4}/.exec(cell)?.[0]) < 2003,
    width: 8,
  },
  {
    key: 'documentType',
    headings: ['身份证件类型', '证件类型', 'Document type', 'Identity document type'],
    looks: (cell) => /证$|^护照/.test(cell),
    width: 9,
  },
  {
    key: 'documentNumber',
    headings: [
      '身份证件号',
      '身份证件号码',
      '身份证号',
      '身份证号码',
      '证件号码',
      '证件号',
      'Document number',
      'Identity document number',
    ],
    looks: (cell) => /^[0-9０-９\s-]{14,}[0-9xX０-９]$/.test(cell) || /^\d(\.\d+)?E\+\d+$/i.test(cell),
    width: 13,
  },
  {
    key: 'establishment',
    headings: ['是否在编', '在编', '编制', '用人方式', 'On the establishment'],
    looks: (cell) => /编|^合同|^(1-)?是$|^(0-)?否$/.test(cell),
    width: 6,
  },
  {
    key: 'postKind',
    headings: ['岗位类别', '岗位', 'Post kind', 'Post'],
    looks: (cell) => /岗位|管理|专业技术|工勤/.test(cell),
    width: 10,
  },
  {
    key: 'contractStart',
    headings: ['合同开始日期', '合同开始', '合同起', 'Contract start'],
    looks: (cell) => date.test(cell),
    width: 8,
  },
  {
    key: 'contractEnd',
    headings: ['合同结束日期', '合同结束', '合同止', 'Contract end'],
    looks: (cell) => date.test(cell),
    width: 8,
  },
];

/** Letters of any script, `·` inside: never 男, 在编 or a document. */
function isName(cell: string): boolean {
  if (!/^[\p{L}·・.\s]{2,50}$/u.test(cell)) return false;
  return !/^[男女]$|编|证$|^护照|岗位|管理|合同/.test(cell);
}
