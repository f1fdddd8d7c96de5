import { findSection, mayFillSection, sections, type Section } from '@shidang/catalogue';
import type { Completeness, TeacherView } from '@shidang/web-kit/record';

/** What a return asks for, from here: still to mend, mended, and what the school mends. */
export interface Marked {
  readonly open: number;
  readonly mended: number;
  readonly schools: number;
}

/** How a section of the own record stands, for the one who fills it. */
export interface SectionState {
  readonly section: Section;
  readonly rows: number;
  /** The teacher fills nothing here. */
  readonly bySchool: boolean;
  /** What is missing or wrong and stops a submission. */
  readonly open: number;
  readonly marked: Marked;
  /** Typed on this device and not saved. */
  readonly unsaved: number;
  /** 与去年一致, this year. */
  readonly confirmed: boolean;
}

type MarkStanding = Completeness['marks'][number];

export function markedAmong(marks: readonly MarkStanding[]): Marked {
  const count = (which: (mark: MarkStanding) => boolean) => marks.filter(which).length;
  return {
    open: count(({ mended, yours }) => yours && !mended),
    mended: count(({ mended }) => mended),
    schools: count(({ mended, yours }) => !yours && !mended),
  };
}

/** All sections this caller may see, in the order of the national template. */
export function sectionStates(
  completeness: Completeness,
  unsaved: ReadonlyMap<string, number> = new Map(),
): readonly SectionState[] {
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
        marked: markedAmong(completeness.marks.filter((each) => each.section === section.key)),
        unsaved: unsaved.get(section.key) ?? 0,
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

/** A return is open: where its case stands and what it marks come by two events. */
export const isReturned = ({ caseStage, inReview }: TeacherView, { marks }: Completeness): boolean =>
  !inReview && (caseStage?.endsWith('-returned') === true || marks.length > 0);
