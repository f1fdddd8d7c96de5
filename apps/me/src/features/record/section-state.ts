import { findSection, mayFillSection, sections, type Section } from '@shidang/catalogue';
import type { Completeness, TeacherMarks } from '@shidang/web-kit/record';

/** How a section of the own record stands, for the one who fills it. */
export interface SectionState {
  readonly section: Section;
  readonly rows: number;
  /** The teacher fills nothing here. */
  readonly bySchool: boolean;
  /** What is missing or wrong and stops a submission. */
  readonly open: number;
  /** Marked by the reviewer of a return. */
  readonly marked: number;
  /** 与去年一致, this year. */
  readonly confirmed: boolean;
}

/** All sections this caller may see, in the order of the national template. */
export function sectionStates(completeness: Completeness, marks: TeacherMarks | null): readonly SectionState[] {
  return sections.flatMap((section): SectionState[] => {
    const found = completeness.sections.find((each) => each.section === section.key);
    if (!found) return [];
    const open = completeness.findings.filter((each) => each.section === section.key && each.severity === 'error');
    return [
      {
        section,
        rows: found.rows,
        bySchool: !mayFillSection('teacher', section),
        open: open.length,
        confirmed: found.confirmedAt !== undefined,
        marked: (marks?.marks ?? []).filter((each) => each.section === section.key).length,
      },
    ];
  });
}

/** The teacher fills nothing in it: the school does. */
export const bySchool = (key: string): boolean => {
  const section = findSection(key);
  return section !== undefined && !mayFillSection('teacher', section);
};

export const openOf = (states: readonly SectionState[], schools: boolean): number =>
  states.filter((each) => each.bySchool === schools).reduce((sum, each) => sum + each.open, 0);
