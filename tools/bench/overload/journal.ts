/** One write as its sender knows it: `unknown` when no answer came, or one that does not say whether it happened. */
export interface Written {
  readonly entryId: string;
  /** What was written: never the same twice. */
  readonly mark: string;
  readonly outcome: 'ok' | 'refused' | 'unknown';
}

export interface Loss {
  readonly entryId: string;
  readonly wanted: string;
  readonly found: string;
  readonly why: 'accepted write lost' | 'refused write applied' | 'never sent';
}

/**
 * Compares what was accepted with what stands there. Writes of one entry were sent one after the other: its value is the
 * last accepted one, or an unknown one sent after it.
 */
export function lossesIn(
  journal: readonly Written[],
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Loss[] {
  const byEntry = new Map<string, Written[]>();
  for (const write of journal) byEntry.set(write.entryId, [...(byEntry.get(write.entryId) ?? []), write]);
  return [...byEntry].flatMap(([entryId, writes]): Loss[] => {
    const last = writes.map(({ outcome }) => outcome).lastIndexOf('ok');
    const wanted = writes[last]?.mark ?? before.get(entryId) ?? '';
    const found = after.get(entryId) ?? '';
    const possible = [wanted, ...writes.slice(last + 1).flatMap((w) => (w.outcome === 'unknown' ? [w.mark] : []))];
    if (possible.includes(found)) return [];
    const applied = writes.find(({ mark }) => mark === found);
    const why =
      applied?.outcome === 'refused' ? 'refused write applied' : applied ? 'accepted write lost' : 'never sent';
    return [{ entryId, wanted, found, why: found === (before.get(entryId) ?? '') ? 'accepted write lost' : why }];
  });
}
