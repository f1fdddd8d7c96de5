import type { Caller } from '@shidang/access';
import {
  findIndicator,
  indicatorsFor,
  mayFill,
  sectionOf,
  type Category,
  type Filler,
  type Section,
  type SectionKey,
} from '@shidang/catalogue';
import { recordsRefusals, type Finding, type Mark, type RecordStage, type Refusal } from '@shidang/contracts';
import { factAt, isMendable } from '../teacher/identity-facts';

/** What decides whether a record may be written at all. */
export interface FillState {
  stage: RecordStage;
  lockedBy: string | null;
  openMarks: readonly Mark[] | null;
}

/** The row to be written; absent = a new one. */
export interface Target {
  id: string;
  isEffective: boolean;
}

export const fillerOf = (caller: Pick<Caller, 'role'>): Filler => (caller.role === 'teacher' ? 'teacher' : 'school');

/** 工作方案 三(三) and domain: the identity facts are the school's; the document itself was claimed and is not retyped. */
function isOpenTo(filler: Filler, section: Section | SectionKey, key: string): boolean {
  const fact = factAt(section, key);
  return fact ? filler === 'school' && isMendable(fact) : mayFill(filler, section, key);
}

/** Why the record cannot be written at all now; undefined when it can. */
export function whyClosed(state: FillState): Refusal | undefined {
  if (state.stage === 'left') return recordsRefusals.hasLeft({});
  if (state.lockedBy) return recordsRefusals.inReview({});
  return undefined;
}

/** Why this row cannot be written; what is effective changes on the change path only (工作方案 五(五)). */
export function whyRowClosed(state: FillState, section: SectionKey, target: Target | undefined): Refusal | undefined {
  if (target?.isEffective) return recordsRefusals.changePathOnly({});
  if (!target && !sectionOf(section).multiRecord) return recordsRefusals.singleSection({});
  if (!target && state.openMarks && !marksSection(state.openMarks, section))
    return recordsRefusals.onlyMarkedFields({});
  return undefined;
}

const marksSection = (marks: readonly Mark[], section: SectionKey) =>
  marks.some((mark) => mark.section === section && !mark.entryId && !mark.indicator);

/** After a return only what was marked reopens: a value, a row, or a section with everything in it. */
export function isMarked(marks: readonly Mark[], section: SectionKey, entryId: string, key: string): boolean {
  return marks.some(
    (mark) =>
      mark.section === section &&
      (!mark.entryId || mark.entryId === entryId) &&
      (!mark.indicator || mark.indicator === key),
  );
}

/**
 * Refuses keys this caller may not fill, all of them at once. 工作方案 三(三): assessment, pay, ethics and professional
 * title are the organisation's, by every door.
 */
export function refuseForeignKeys(
  filler: Filler,
  section: SectionKey,
  keys: readonly string[],
  category: Category,
): void {
  const of = sectionOf(section);
  const unknown = keys.filter((key) => !findIndicator(of, key));
  if (unknown.length > 0) throw recordsRefusals.valuesWrong({}).with(unknown.map(unknownFinding));
  if (filler === 'teacher' && of.organisationOnly) throw recordsRefusals.notYoursToFill({ section });
  // without a key to judge by, the section decides: who may fill nothing in it neither adds nor removes
  if (!of.indicators.some((each) => isOpenTo(filler, of, each.key))) throw recordsRefusals.notYoursToFill({ section });
  const foreign = keys.filter((key) => !isOpenTo(filler, of, key));
  if (foreign.length > 0)
    throw recordsRefusals.notYoursToFill({ section }).with(foreign.map((key) => foreignFinding(of.key, key)));
  const collected = new Set(indicatorsFor(of, category).map((each) => each.key));
  const elsewhere = keys.filter((key) => !collected.has(key));
  if (elsewhere.length > 0)
    throw recordsRefusals.valuesWrong({}).with(elsewhere.map((key) => elsewhereFinding(of.key, key)));
}

/** Keys this caller may fill in this row now: what the form opens, and what the server accepts. */
export function openKeys(
  filler: Filler,
  state: FillState,
  section: SectionKey,
  target: Target | undefined,
  category: Category,
): string[] {
  if (whyClosed(state) || whyRowClosed(state, section, target)) return [];
  if (filler === 'teacher' && sectionOf(section).organisationOnly) return [];
  return indicatorsFor(section, category)
    .map((each) => each.key)
    .filter((key) => isOpenTo(filler, section, key))
    .filter((key) => !target || !state.openMarks || isMarked(state.openMarks, section, target.id, key));
}

/** Throws when the row is closed, or one of the keys is somebody else's or not marked. */
export function assertMayWrite(
  filler: Filler,
  state: FillState,
  section: SectionKey,
  target: Target | undefined,
  keys: readonly string[],
  category: Category,
): void {
  refuseForeignKeys(filler, section, keys, category);
  const closed = whyClosed(state) ?? whyRowClosed(state, section, target);
  if (closed) throw closed;
  if (!target || !state.openMarks) return;
  const marks = state.openMarks;
  const unmarked = keys.filter((key) => !isMarked(marks, section, target.id, key));
  if (unmarked.length > 0)
    throw recordsRefusals.onlyMarkedFields({}).with(unmarked.map((key) => unmarkedFinding(section, key)));
}

const labelsOf = (section: SectionKey, key: string) => {
  const indicator = findIndicator(section, key);
  return { zh: indicator?.zhName ?? key, en: indicator?.en ?? key };
};

const at = (key: string, code: string, detail: string, detailEn: string): Finding => ({
  pointer: `/values/${key}`,
  field: key,
  code: `records.${code}`,
  detail,
  detailEn,
});

const unknownFinding = (key: string) =>
  at(key, 'unknown_indicator', `没有“${key}”这一指标`, `There is no indicator "${key}"`);

function foreignFinding(section: SectionKey, key: string): Finding {
  const { zh, en } = labelsOf(section, key);
  if (factAt(section, key))
    return at(
      key,
      'identity_fact',
      `${zh}由学校登记，请联系学校信息管理员`,
      `${en} is registered by the school; ask its information administrator`,
    );
  return at(key, 'not_yours_to_fill', `${zh}不由您填写`, `${en} is not yours to fill`);
}

function elsewhereFinding(section: SectionKey, key: string): Finding {
  const { zh, en } = labelsOf(section, key);
  return at(key, 'not_collected', `该学校类别不采集${zh}`, `${en} is not collected in this school category`);
}

function unmarkedFinding(section: SectionKey, key: string): Finding {
  const { zh, en } = labelsOf(section, key);
  return at(key, 'not_marked', `${zh}没有被标注，不能修改`, `${en} was not marked by the reviewer`);
}
