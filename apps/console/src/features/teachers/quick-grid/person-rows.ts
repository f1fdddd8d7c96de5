import {
  checkEmployment,
  checkPerson,
  codeTable,
  factsFromCitizenNumber,
  normaliseDocumentNumber,
  postKinds,
  type Employment,
  type FactComplaint,
  type IdentityFact,
  type PostKind,
  type Words,
} from '@shidang/catalogue';
import { columnKeys, type ColumnKey } from './columns';

export interface CellComplaint {
  readonly at: ColumnKey;
  readonly words: Words;
}

/** One line of the grid. */
export interface PersonRow {
  readonly id: string;
  readonly cells: Readonly<Partial<Record<ColumnKey, string>>>;
  /** Cells filled in from the number, not typed. */
  readonly derived: readonly ColumnKey[];
  /** What the server said about the row as it was sent; gone with the next change of the row. */
  readonly refused: readonly CellComplaint[];
}

let made = 0;

export const newRow = (cells: PersonRow['cells'] = {}): PersonRow =>
  withDerived({ id: `row-${++made}`, cells, derived: [], refused: [] });

export const isBlank = (row: PersonRow): boolean =>
  columnKeys.every((key) => row.derived.includes(key) || !row.cells[key]?.trim());

const sexNames: Readonly<Record<string, string>> = { '1': '男', '2': '女' };

/** Sex, birth date and kind of document out of a sound number, where nobody typed them (工作方案 五(二)). */
function withDerived(row: PersonRow): PersonRow {
  const typed: PersonRow['cells'] = Object.fromEntries(
    Object.entries(row.cells).filter(([key]) => !row.derived.includes(key as ColumnKey)),
  );
  const number = normaliseDocumentNumber(typed.documentNumber ?? '');
  const facts = factsFromCitizenNumber(number);
  const known: PersonRow['cells'] = facts
    ? {
        sex: sexNames[facts.sex] ?? '',
        birthDate: facts.birthDate,
        documentType: /^8[123]/.test(number) ? '港澳台居民居住证' : '居民身份证',
      }
    : /^\d{15,19}X?$/.test(number)
      ? { documentType: '居民身份证' }
      : {};
  const derived = (Object.keys(known) as ColumnKey[]).filter((key) => !typed[key]?.trim());
  const cells = { ...typed, ...Object.fromEntries(derived.map((key) => [key, known[key]])) };
  return { ...row, cells, derived };
}

/** Typing over a cell; what followed from the number follows again. */
export function changeRow(row: PersonRow, cells: PersonRow['cells']): PersonRow {
  const derived = row.derived.filter((key) => !(key in cells));
  return withDerived({ ...row, cells: { ...row.cells, ...cells }, derived, refused: [] });
}

const yes = /^(在编|是|有|1|1-是|y|yes)$/i;
const no = /^(不在编|非在编|未在编|编外|否|无|0|0-否|合同|合同制|聘用|合同聘用|n|no)$/i;

/** 在编 / 合同, as sheets say it. */
function establishmentOf(text: string): boolean | undefined {
  if (yes.test(text)) return true;
  return no.test(text) ? false : undefined;
}

function postKindOf(text: string): PostKind | undefined {
  const wanted = text.replace(/岗位?$/, '');
  if (wanted === '') return undefined;
  return postKinds.find(
    ({ key, zhName, en }) =>
      key === text || zhName.replace(/岗位$/, '').includes(wanted) || en.toLowerCase().startsWith(text.toLowerCase()),
  )?.key;
}

/** A row as `POST /teacher-lists` takes it. */
export interface PersonToRegister {
  readonly name: string;
  readonly sex: string;
  readonly birthDate: string;
  readonly document: { readonly type: string; readonly number: string };
  readonly employment: Employment;
}

export interface CheckedRow {
  readonly complaints: readonly CellComplaint[];
  readonly person?: PersonToRegister;
}

const said = (at: ColumnKey, zh: string, en: string): CellComplaint => ({ at, words: { zh, en } });

function employmentOf(
  cells: PersonRow['cells'],
  today: string,
): { employment?: Employment; complaints: CellComplaint[] } {
  const text = (key: ColumnKey) => cells[key]?.trim() ?? '';
  const onEstablishment = establishmentOf(text('establishment'));
  if (onEstablishment === undefined)
    return {
      complaints: [said('establishment', '请填“在编”或“合同”', 'Enter 在编 (on the establishment) or 合同 (contract)')],
    };
  const postKind = postKindOf(text('postKind'));
  const complaints: CellComplaint[] = [];
  if (text('postKind') && !postKind)
    complaints.push(
      said(
        'postKind',
        `“${text('postKind')}”不是岗位类别，请填${postKinds.map((each) => each.zhName).join('、')}`,
        `Enter one of ${postKinds.map((each) => each.en).join(', ')}`,
      ),
    );
  const [start, end] = [text('contractStart'), text('contractEnd')];
  const typed: Employment = {
    onEstablishment,
    ...(postKind && { postKind }),
    ...(start && { contract: { start, ...(end && { end }) } }),
  };
  const { employment, unread, verdict } = checkEmployment(typed, today);
  complaints.push(
    ...unread.map(({ at, words }): CellComplaint => ({ at: at === 'start' ? 'contractStart' : 'contractEnd', words })),
  );
  if (complaints.length === 0 && !verdict.inScope)
    complaints.push({ at: columnOfRule(verdict.rule), words: verdict.words });
  return { employment, complaints };
}

const columnOfRule = (rule: string): ColumnKey => {
  if (rule === 'post_kind') return 'postKind';
  if (rule === 'contract_too_short' || rule === 'contract_ended') return 'contractEnd';
  return rule.startsWith('contract') || rule === 'no_contract' ? 'contractStart' : 'establishment';
};

const fromNumber: readonly IdentityFact[] = ['sex', 'birthDate', 'documentType'];

/** A number that is wrong says so itself; what would have followed from it is not missed besides. */
function roots(wrong: readonly FactComplaint[]): CellComplaint[] {
  const numberIsWrong = wrong.some(({ fact }) => fact === 'documentNumber');
  return wrong
    .filter(({ fact, code }) => !(numberIsWrong && code === 'required' && fromNumber.includes(fact)))
    .map(({ fact, words }) => ({ at: fact, words }));
}

/** What stops a row from being sent: the very check the server runs, at the cells. */
export function checkLine(row: PersonRow, today: string): CheckedRow {
  const { cells } = row;
  const typed = {
    name: cells.name ?? '',
    sex: cells.sex ?? '',
    birthDate: cells.birthDate ?? '',
    documentType: cells.documentType ?? '',
    documentNumber: cells.documentNumber ?? '',
  };
  const { facts, complaints: wrong } = checkPerson(typed, 'primarySecondary', today);
  const { employment, complaints: outside } = employmentOf(cells, today);
  const complaints = [...roots(wrong), ...outside, ...row.refused];
  if (complaints.length > 0 || !facts || !employment) return { complaints };
  const { documentType: type, documentNumber: number, name, sex, birthDate } = facts;
  return { complaints, person: { name, sex, birthDate, document: { type, number }, employment } };
}

export const twice: CellComplaint = said(
  'documentNumber',
  '本次名单中证件号码重复，请删去其中一行',
  'This number is twice in the list; remove one of the rows',
);

/** Rows whose number stands further up already: one person twice in a sheet. */
export function twiceIn(rows: readonly PersonRow[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { id, cells } of rows) {
    const number = normaliseDocumentNumber(cells.documentNumber ?? '');
    if (number === '') continue;
    if (seen.has(number)) twice.add(id);
    seen.add(number);
  }
  return twice;
}

/** Kinds of documents for the list of the column. */
export const documentTypes = () => (codeTable('idDocType')?.codes ?? []).filter((each) => each.selectable !== false);
