import { randomUUID } from 'node:crypto';
import type { Random } from '@shidang/seed';
import type { Asked, Body } from '../client/client';

/** What a lane knows of a row it made. */
export interface OwnRow {
  readonly teacherId: string;
  readonly entryId: string;
  version: string;
}

const path = (teacherId: string) => `/teachers/${teacherId}/sections/training/entries`;

/** Text that stands in the row for good: what an unanswered write left behind is found by it. */
export const markOf = (op: string): string => `演练 ${op} ${randomUUID().slice(0, 8)}`;

const entryIn = (body: Body) => (body['entry'] as { id: string }).id;

/** A training programme: repeats, is open to whoever fills, and its name is free text. */
export function addRow(teacherId: string, mark: string, wish: Random): Asked {
  const values = {
    year: String(wish.between(2005, 2024)),
    type: '4',
    project: mark,
    mode: '1',
    hours: wish.between(8, 90),
    credits: 4,
  };
  return {
    contract: 'records.entry.add',
    method: 'POST',
    path: path(teacherId),
    body: { values },
    intent: { teacherId, mark },
    made: (body) => ({ entryId: entryIn(body) }),
  };
}

export const patchRow = ({ teacherId, entryId, version }: OwnRow, mark: string, hours: number): Asked => ({
  contract: 'records.entry.patch',
  method: 'PATCH',
  path: `${path(teacherId)}/${entryId}`,
  body: { values: { project: mark, hours } },
  ifMatch: version,
  intent: { teacherId, entryId, mark, seen: version },
});

export const removeRow = ({ teacherId, entryId, version }: OwnRow): Asked => ({
  contract: 'records.entry.remove',
  method: 'DELETE',
  path: `${path(teacherId)}/${entryId}`,
  ifMatch: version,
  intent: { teacherId, entryId, seen: version },
});
