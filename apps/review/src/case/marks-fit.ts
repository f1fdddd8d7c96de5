import { fillableBy, findSection, indicatorsFor, mayFillSection, type Category } from '@shidang/catalogue';
import type { Finding, Mark, MarkedValue, SubmissionView } from '@shidang/contracts';

type UnderReview = Pick<SubmissionView, 'category'> & {
  entries: readonly Pick<SubmissionView['entries'][number], 'entryId' | 'section'>[];
  changes: readonly Pick<SubmissionView['changes'][number], 'entryId' | 'section'>[];
};

/**
 * Marks that point at nothing in the submission, as findings. Only marked values reopen: a mark on nothing would leave the
 * filler with a returned record in which he may mend nothing.
 */
export function marksAstray(marks: readonly MarkedValue[], submission: UnderReview): Finding[] {
  return marks.flatMap((mark, index) => {
    const why = astray(mark, submission);
    return why ? [{ pointer: `/marks/${index}`, code: 'review.mark_unknown', ...why }] : [];
  });
}

function astray(mark: MarkedValue, { category, entries, changes }: UnderReview) {
  const section = findSection(mark.section);
  if (!section)
    return {
      field: 'section',
      detail: `没有信息子集 ${mark.section}`,
      detailEn: `There is no section ${mark.section}`,
    };
  if (mark.indicator !== undefined) {
    const indicator = indicatorsFor(section, category as Category).find((one) => one.key === mark.indicator);
    if (!indicator || indicator.readOnly)
      return {
        field: 'indicator',
        detail: `${section.zhName}没有可填报的指标 ${mark.indicator}`,
        detailEn: `${section.en} has no indicator ${mark.indicator} to fill`,
      };
    if (mark.entryId === undefined && section.multiRecord)
      return {
        field: 'entryId',
        detail: `${section.zhName}有多条记录，请指明是哪一条`,
        detailEn: `${section.en} has many rows: say which`,
      };
  }
  const known = [...entries, ...changes].some((row) => row.entryId === mark.entryId && row.section === mark.section);
  if (mark.entryId !== undefined && !known)
    return {
      field: 'entryId',
      detail: `所审核的${section.zhName}里没有这条记录`,
      detailEn: `No such row of ${section.en} is under review`,
    };
  return undefined;
}

/** Nobody but the school may mend it, whoever submitted. */
export function isSchools({ section: key, indicator }: Pick<Mark, 'section' | 'indicator'>): boolean {
  const section = findSection(key);
  if (!section) return false;
  return indicator === undefined ? !mayFillSection('teacher', section) : fillableBy(section, indicator) === 'school';
}
