import type { SectionKey } from '@shidang/catalogue';
import type { Sql } from '@shidang/persistence';
import { createHash } from 'node:crypto';
import { today } from '../value/today';
import type { EntryRow } from './entry-row';

interface Confirmation {
  readonly at: string;
  readonly tag: string;
}

/** Equal as long as no row of the section came, went or changed. */
export const contentTag = (rows: readonly Pick<EntryRow, 'id' | 'version'>[]): string =>
  createHash('sha256')
    .update(
      rows
        .map(({ id, version }) => `${id}:${version}`)
        .sort()
        .join(),
    )
    .digest('hex')
    .slice(0, 16);

/** When a section was confirmed as it stands, this year; undefined when it was not, or has changed since. */
export type ConfirmedAt = (
  section: SectionKey,
  rows: readonly Pick<EntryRow, 'id' | 'version'>[],
) => string | undefined;

export async function confirmationsOf(sql: Sql, teacherId: string): Promise<ConfirmedAt> {
  const [row] = await sql<{ confirmed: Partial<Record<SectionKey, Confirmation>> }>(
    `select confirmed from teacher where id = $1`,
    [teacherId],
    'confirmations',
  );
  return confirmedIn(row?.confirmed ?? {}, today().slice(0, 4));
}

export const confirmedIn =
  (all: Partial<Record<SectionKey, Confirmation>>, year: string): ConfirmedAt =>
  (section, rows) => {
    const found = all[section];
    return found && found.at.startsWith(year) && found.tag === contentTag(rows) ? found.at : undefined;
  };
