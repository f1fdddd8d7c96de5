import { parentPath } from '@shidang/access';
import type { Delivered } from '@shidang/bus';
import type { CaseDecided } from '@shidang/contracts';

/** How many decisions one transaction applies: enough to share its round trips, few enough to hold its locks briefly. */
export const mostInRound = 50;

/** The education authority a school stands under. */
export const authorityOf = ({ orgPath }: CaseDecided): string => parentPath(orgPath) ?? orgPath;

/**
 * Decisions that may be applied in one transaction: of schools under one authority, whose scope it takes, and never two about one
 * teacher, because the second is judged by what the first has left.
 */
export function inRounds(batch: readonly Delivered<CaseDecided>[]): Delivered<CaseDecided>[][] {
  const rounds: { authority: string; round: Delivered<CaseDecided>[] }[] = [];
  /** Index of the round that holds the last decision of a teacher: the next one comes in a later round. */
  const lastOf = new Map<string, number>();
  for (const each of batch) {
    const authority = authorityOf(each.fact);
    const after = (lastOf.get(each.fact.teacherId) ?? -1) + 1;
    let at = rounds.findIndex(
      ({ authority: of, round }, index) => index >= after && of === authority && round.length < mostInRound,
    );
    if (at < 0) at = rounds.push({ authority, round: [] }) - 1;
    rounds[at]!.round.push(each);
    lastOf.set(each.fact.teacherId, at);
  }
  return rounds.map(({ round }) => round);
}
