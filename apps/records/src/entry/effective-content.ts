import type { Category, SectionKey, Value } from '@shidang/catalogue';
import type { Sql } from '@shidang/persistence';
import type { StoredValues } from '../value/sealed-values';

/** One row as it was effective. */
export interface EffectiveEntry {
  id: string;
  section: SectionKey;
  version: number;
  values: StoredValues;
}

/** A whole record as it took effect: never overwritten, readable as of any date. Sensitive values stay sealed. */
export interface EffectiveContent {
  category: Category;
  identity: { name: string; sex: string; birthDate: string; docType: string; docMasked: string; docBlind: string };
  derived: Readonly<Record<string, Value>>;
  entries: EffectiveEntry[];
}

export interface EffectiveThen {
  version: number;
  content: EffectiveContent;
  effectiveFrom: Date;
}

/** A moment as asked for; a day means its end where the schools are. Undefined when it is none. */
export function momentOf(text: string): string | undefined {
  const moment = new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T23:59:59.999+08:00` : text);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

export async function contentAsOf(sql: Sql, teacherId: string, moment: string): Promise<EffectiveThen | undefined> {
  const [row] = await sql<{ version: number; content: EffectiveContent; effective_from: Date }>(
    `select version, content, effective_from from effective_version where teacher_id = $1 and effective_from <= $2
     order by version desc limit 1`,
    [teacherId, moment],
    'effective-as-of',
  );
  return row && { version: row.version, content: row.content, effectiveFrom: row.effective_from };
}
