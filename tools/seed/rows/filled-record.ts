import { identityFacts, mayFill, sectionOf, sections, type RecordRow, type SectionKey, type TeacherRecord } from '@shidang/catalogue';
import type { Vault } from '@shidang/persistence';
import { inventRecord, type InventedRecord, type InventedValues } from '../invented/record';
import type { Random } from '../invented/random';
import type { Identifiers } from '../world/identifiers';
import type { SeededSchool } from '../world/organisations';
import type { SeedScale } from '../world/scale';
import type { SeededTeacher } from '../world/world';
import { sealValues, type StoredValues } from './stored-values';

/** One row of a section as it was filled. */
export interface FilledEntry {
  readonly id: string;
  readonly section: SectionKey;
  readonly plain: InventedValues;
  readonly stored: StoredValues;
  /** Keys by who filled them; the organisation's own are never the teacher's (工作方案 三(三)). */
  readonly byTeacher: readonly string[];
  readonly bySchool: readonly string[];
}

export interface Filling {
  readonly vault: Vault;
  readonly ids: Identifiers;
  readonly random: Random;
  readonly scale: SeedScale;
  readonly today: string;
}

const identityKeys: ReadonlySet<string> = new Set(Object.values(identityFacts));
/** At scale l records have one row a section and lack the sections that few people have. */
const leftOutOfMany: ReadonlySet<SectionKey> = new Set(['achievement', 'talent', 'training', 'overseas', 'skill', 'rotation']);
/** A draft lacks a section that needs a row. */
const leftOutOfDrafts: ReadonlySet<SectionKey> = new Set(['post', 'pay', 'talent', 'overseas', 'skill', 'rotation', 'contact']);

/** Basic and contact are there from the registration on; the rest as far as the state says. In order of ids. */
export function fillRecord(of: Filling, school: SeededSchool, teacher: SeededTeacher): FilledEntry[] {
  const [basic, contact] = [of.ids.next(), of.ids.next()];
  const values = invented(of, school, teacher);
  const rows = sections.flatMap(({ key }) => (isWanted(of, teacher, key) ? (values?.[key] ?? []).map((plain) => ({ key, plain })) : []));
  const single: Readonly<Partial<Record<SectionKey, string>>> = { basic, contact };
  const filled = rows.map(({ key, plain }) => filledEntry(of, teacher, { key, plain, id: single[key] ?? of.ids.next() }));
  const empty = (['basic', 'contact'] as const)
    .filter((key) => !filled.some((entry) => entry.section === key))
    .map((section): FilledEntry => ({ id: single[section]!, section, plain: {}, stored: {}, byTeacher: [], bySchool: [] }));
  return [...filled, ...empty].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function invented(of: Filling, school: SeededSchool, teacher: SeededTeacher): InventedRecord | undefined {
  if (teacher.state === 'not-started') return undefined;
  const { person } = teacher;
  const rows = of.scale === 'l' ? 1 : undefined;
  return inventRecord({ random: of.random, person, category: school.category, today: of.today, rows, schoolName: school.name });
}

function isWanted({ scale }: Filling, { state }: SeededTeacher, section: SectionKey): boolean {
  if (scale === 'l' && leftOutOfMany.has(section)) return false;
  return state !== 'draft' || !leftOutOfDrafts.has(section);
}

function filledEntry(
  of: Filling,
  teacher: SeededTeacher,
  { key, plain, id }: { key: SectionKey; plain: InventedValues; id: string },
): FilledEntry {
  const own = Object.fromEntries(Object.entries(plain).filter(([name]) => key !== 'basic' || !identityKeys.has(name)));
  const keys = Object.keys(own);
  const may = teacher.selfFilled ? keys.filter((name) => teacherFills(key, name)) : [];
  // a repeating row is made by one hand
  const byTeacher = sectionOf(key).multiRecord && may.length < keys.length ? [] : may;
  const bySchool = keys.filter((name) => !byTeacher.includes(name));
  return { id, section: key, plain: own, stored: sealValues(of.vault, key, id, own), byTeacher, bySchool };
}

const fillable = new Map<string, boolean>();

function teacherFills(section: SectionKey, key: string): boolean {
  const name = `${section}.${key}`;
  let known = fillable.get(name);
  if (known === undefined) fillable.set(name, (known = mayFill('teacher', section, key)));
  return known;
}

/** The record as the catalogue's functions take it; `documentNumber` may be masked. */
export function recordOf(entries: readonly FilledEntry[], { person }: SeededTeacher, documentNumber: string): TeacherRecord {
  const identity = {
    [identityFacts.name]: person.name,
    [identityFacts.sex]: person.sex,
    [identityFacts.birthDate]: person.birthDate,
    [identityFacts.documentType]: person.document.type,
    [identityFacts.documentNumber]: documentNumber,
  };
  const record: Partial<Record<SectionKey, RecordRow[]>> = {};
  for (const { id, section, plain } of entries)
    (record[section] ??= []).push({ id, values: section === 'basic' ? { ...plain, ...identity } : plain });
  return record;
}
