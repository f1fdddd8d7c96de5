import type { SectionKey } from '@shidang/catalogue';
import type { Sql, Statement } from '@shidang/persistence';
import type { StoredValues } from '../value/sealed-values';

/** One row of a section as it lies in the table. */
export interface EntryRow {
  id: string;
  teacher_id: string;
  org_path: string;
  section: SectionKey;
  values: StoredValues;
  version: number;
  effective: StoredValues | null;
  effective_version: number | null;
  effective_entry_version: number | null;
  updated_at: Date;
}

const columns = `e.id, e.teacher_id, e.org_path, e.section, e."values", e.version, e.effective, e.effective_version,
  e.effective_entry_version, e.updated_at`;

/** All living rows of one teacher, or of some sections, in the order they were made. */
export function entriesOf(sql: Sql, teacherId: string, sections?: readonly SectionKey[]): Promise<EntryRow[]> {
  return sections
    ? sql<EntryRow>(
        `select ${columns} from entry e where e.teacher_id = $1 and e.section = any($2::text[]) and not e.removed order by e.id`,
        [teacherId, sections],
        'entries-of-sections',
      )
    : sql<EntryRow>(entriesText, [teacherId], entriesName);
}

const entriesText = `select ${columns} from entry e where e.teacher_id = $1 and not e.removed order by e.id`;
const entriesName = 'entries-of-teacher';

/** The same to be asked along with something else. */
export const entriesQuery = (teacherId: string): Statement => ({
  text: entriesText,
  params: [teacherId],
  name: entriesName,
});

/** How a value came in. */
export interface Via {
  kind: 'screen' | 'api' | 'import' | 'change';
  importId?: string;
  sheet?: string;
  row?: number;
  cells?: Record<string, string>;
  mended?: Record<string, string>;
  undone?: boolean;
  changeRequestId?: string;
}

export const entryEtag = (entry: { version: number }): string => String(entry.version);
