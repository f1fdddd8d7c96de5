import type { Caller } from '@shidang/access';
import type { SectionKey } from '@shidang/catalogue';
import type { Mark, MarkStanding } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';
import type { EntryRow } from '../entry/entry-row';
import { keysFor } from '../entry/keys-for';
import { factAt } from '../teacher/identity-facts';
import type { RecordHead } from '../teacher/record-state';
import { differingKeys, type SubmittedContent } from './content';

type Row = Pick<EntryRow, 'id' | 'section' | 'values' | 'version'>;
type Before = Pick<SubmittedContent, 'identity' | 'entries'>;

export interface Now {
  readonly identity: Pick<RecordHead['identity'], 'name' | 'sex' | 'birthDate'>;
  readonly entries: readonly Row[];
}

/** How every value of the open return stands for this caller; nothing while a submission is under review. */
export async function markStandings(
  sql: Sql,
  caller: Caller,
  head: RecordHead,
  entries: readonly EntryRow[],
): Promise<MarkStanding[]> {
  const { openMarks, lockedBy } = head.state;
  if (!openMarks || lockedBy) return [];
  const [last] = await sql<{ content: Before }>(
    `select s.content from submission_review r join submission s on s.id = r.submission_id
     where r.teacher_id = $1 and r.verdict = 'return' and s.kind <> 'change' order by r.at desc limit 1`,
    [head.id],
    'returned-content',
  );
  return openMarks.map((mark) => ({
    ...mark,
    mended: last !== undefined && isMended(mark, last.content, { identity: head.identity, entries }),
    yours: isOpen(mark, keysFor(caller, head, mark.section as SectionKey), entries),
  }));
}

const within =
  ({ section, entryId }: Mark) =>
  (row: Pick<Row, 'id' | 'section'>) =>
    row.section === section && (!entryId || row.id === entryId);

/** Whether what a mark points at is no longer as it was returned: a value, a row, or a section with its rows. */
export function isMended(mark: Mark, before: Before, now: Now): boolean {
  const fact = mark.indicator && factAt(mark.section as SectionKey, mark.indicator);
  if (fact === 'name' || fact === 'sex' || fact === 'birthDate') return before.identity[fact] !== now.identity[fact];
  const was = before.entries.filter(within(mark));
  const is = now.entries.filter(within(mark));
  if (was.length !== is.length) return true;
  return is.some((row) => {
    const earlier = was.find(({ id }) => id === row.id);
    if (!earlier) return true;
    return mark.indicator
      ? differingKeys(earlier.values, row.values).includes(mark.indicator)
      : earlier.version !== row.version;
  });
}

/** Which keys are open is asked of the same rule that opens the form. */
function isOpen(mark: Mark, keysOf: ReturnType<typeof keysFor>, entries: readonly EntryRow[]): boolean {
  const keys = entries
    .filter(within(mark))
    .flatMap(({ id, effective }) => keysOf({ id, isEffective: effective !== null }));
  if (mark.indicator) return keys.includes(mark.indicator);
  return keys.length > 0 || (!mark.entryId && keysOf(undefined).length > 0);
}
