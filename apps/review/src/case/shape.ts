import type { SubmissionMade } from '@shidang/contracts';

const mendedMark = '*';

/**
 * 变化类型: what a submission touches, as one word, so that cases that look alike are grouped by equality. Sections added,
 * `section.indicator` changed, or, behind a star, what was mended since the return; empty for a whole first record.
 */
export const shapeOf = ({ supersedes, parts = [] }: Pick<SubmissionMade, 'supersedes' | 'parts'>): string =>
  `${supersedes ? mendedMark : ''}${[...new Set(parts)].sort().join(',')}`;

export function readShape(shape: string): { mended: boolean; parts: string[] } {
  const mended = shape.startsWith(mendedMark);
  const parts = (mended ? shape.slice(mendedMark.length) : shape).split(',').filter((part) => part !== '');
  return { mended, parts };
}
