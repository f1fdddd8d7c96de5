import { findIndicator, sectionOf } from './catalogue';
import type { Filler, Indicator, Section, SectionKey } from './section';

/**
 * A line of an area's policy for one school category: takes the right to fill a section, or one indicator of it,
 * away from teachers. There is no line that gives a right: narrow, never widen.
 */
export interface FillPolicyRow {
  readonly section: SectionKey;
  /** Absent = the whole section. */
  readonly indicator?: string;
  readonly fillableBy: 'school';
}

const sectionAt = (section: Section | SectionKey) => (typeof section === 'string' ? sectionOf(section) : section);

function indicatorAt(section: Section, indicator: Indicator | string): Indicator | undefined {
  return typeof indicator === 'string' ? findIndicator(section, indicator) : indicator;
}

/** Who may fill by the catalogue alone, before any policy; a teacher's indicators are also the school's. */
export function fillableBy(section: Section | SectionKey, indicator: Indicator | string): Filler | 'nobody' {
  const of = sectionAt(section);
  const one = indicatorAt(of, indicator);
  if (!one || one.readOnly || one.derivedFrom) return 'nobody';
  // 工作方案 三(三): assessment, pay, ethics and professional title are filled by the organisation, always.
  if (of.organisationOnly || one.identityFact) return 'school';
  return one.fillableBy ?? of.fillableBy;
}

/**
 * May this role fill this indicator under this policy? Unknown indicators: nobody may. That the four identity facts
 * change only with evidence and a new duplicate check is the change request's business, not this function's.
 */
export function mayFill(
  role: Filler,
  section: Section | SectionKey,
  indicator: Indicator | string,
  policy: readonly FillPolicyRow[] = [],
): boolean {
  const of = sectionAt(section);
  const one = indicatorAt(of, indicator);
  if (!one) return false;
  const by = fillableBy(of, one);
  if (by === 'nobody') return false;
  if (role === 'school') return true;
  if (by === 'school') return false;
  return !policy.some((row) => row.section === of.key && (row.indicator === undefined || row.indicator === one.key));
}

/** May a teacher fill anything at all in this section? Decides whether 新增 is drawn. */
export const mayFillSection = (role: Filler, section: Section | SectionKey, policy: readonly FillPolicyRow[] = []) =>
  sectionAt(section).indicators.some((each) => mayFill(role, section, each, policy));
