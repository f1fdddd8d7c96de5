import type { components } from '@shidang/client';
import type { Progress } from './rates';

type Counts = components['schemas']['ProgressCounts'];
type CountedItem = Counts['items'][number];

/** What a document says of one organisation. */
export type Counted = Pick<Progress, 'headCount' | 'turns'> & {
  readonly code: string;
  readonly name: string;
  readonly figures: Readonly<Record<string, number>>;
  readonly overdue: boolean;
};

/** Figures and turns are sums of columns: the legend of the answer says of which. */
function countedOf({ columns }: Counts, { counts, ...said }: CountedItem): Counted {
  const figures: Record<string, number> = {};
  const turns: Record<string, number> = {};
  columns.forEach((column, at) => {
    const n = counts[at] ?? 0;
    for (const figure of column.figures) figures[figure] = (figures[figure] ?? 0) + n;
    turns[column.turn] = (turns[column.turn] ?? 0) + n;
  });
  return { ...said, figures, turns: Object.entries(turns).map(([turn, n]) => ({ turn, n })) as Counted['turns'] };
}

const shareOf = ({ figures, headCount }: Counted): number => (headCount ? (figures['effective'] ?? 0) / headCount : -1);

/** Who is furthest comes first; where nothing is declared there is no rate, and no place but the last. */
export const rankedOf = (answer: Counts): Counted[] =>
  answer.items
    .map((item) => countedOf(answer, item))
    .sort((a, b) => shareOf(b) - shareOf(a) || (a.code < b.code ? 1 : -1));
