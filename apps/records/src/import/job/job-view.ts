import { commonRefusals, isOver, type ImportState, type JobState, type JobView } from '@shidang/contracts';
import type { ImportRow } from '../import-row';

/** Uploading is not here: it is the client's work, and there is no job before its bytes are. */
const standings: Readonly<Partial<Record<ImportState, { state: JobState; step?: string }>>> = {
  uploaded: { state: 'running', step: 'reading' },
  checking: { state: 'running', step: 'checking' },
  matching: { state: 'waiting', step: 'matching' },
  checked: { state: 'waiting', step: 'checked' },
  committing: { state: 'running', step: 'committing' },
  committed: { state: 'done' },
  undoing: { state: 'running', step: 'undoing' },
  undone: { state: 'undone' },
  failed: { state: 'stopped' },
};

/** What could not be taken back stays imported: the taking back stopped, the import did not. */
const standingOf = ({ state, failure }: ImportRow) =>
  state === 'committed' && failure ? { state: 'stopped' as const, step: 'undoing' } : standings[state];

/** An import as a job. Rows are counted, while it is taken back the teachers whose records they are in. */
export function jobOf(row: ImportRow): JobView {
  const standing = standingOf(row);
  if (!standing) throw commonRefusals.notFound({});
  const { state, step } = standing;
  const isReading = row.state === 'checking' && row.heads === null;
  return {
    id: row.id,
    kind: 'import',
    state,
    ...(step && { step: isReading ? 'reading' : step }),
    total: row.step_total,
    done: row.step_done,
    skipped: row.state === 'checked' || row.state === 'committed' ? (row.counts?.bad ?? 0) : 0,
    result: `/imports/${row.id}`,
    createdAt: row.created_at.toISOString(),
    ...(isOver(state) && state !== 'stopped' && { endedAt: endOf(row) }),
    ...(state === 'stopped' && { stoppedBy: row.failure?.code }),
  };
}

const endOf = ({ state, undone, committed_at: committed }: ImportRow): string | undefined =>
  state === 'undone' ? undone?.undoneAt : state === 'committed' ? committed?.toISOString() : undefined;
