import {
  canonicalJson,
  defaultsFor,
  identityFacts,
  mayFill,
  sectionOf,
  sections,
  type RecordRow,
  type SectionKey,
  type TeacherRecord,
} from '@shidang/catalogue';
import type { Vault } from '@shidang/persistence';
import { inventRecord, type InventedRecord, type InventedValues } from '../invented/record';
import type { Random } from '../invented/random';
import type { Identifiers } from '../world/identifiers';
import type { SeededSchool } from '../world/organisations';
import type { SeededTeacher } from '../world/world';
import { sealValues, type StoredValues } from './stored-values';

/** One row of a section as it was filled. */
export interface FilledEntry {
  readonly id: string;
  readonly section: SectionKey;
  readonly plain: InventedValues;
  readonly stored: StoredValues;
  /** `stored` as canonical JSON: written five times, made once. */
  readonly text: string;
  /** Keys by who filled them; the organisation's own are never the teacher's (工作方案 三(三)). */
  readonly byTeacher: readonly string[];
  readonly bySchool: readonly string[];
}

export interface Filling {
  readonly vault: Vault;
  readonly ids: Identifiers;
  readonly random: Random;
  /** One row a section, of those that everybody has and statistics count. */
  readonly lean: boolean;
  readonly today: string;
}

const identityKeys: ReadonlySet<string> = new Set(Object.values(identityFacts));
const keptOfMany: ReadonlySet<SectionKey> = new Set([
  'education',
  'work',
  'post',
  'proTitle',
  'qualification',
  'teaching',
]);
/** A draft lacks sections that need a row: some are the school's to fill, teaching is the teacher's. */
const leftOutOfDrafts: ReadonlySet<SectionKey> = new Set([
  'post',
  'pay',
  'teaching',
  'talent',
  'overseas',
  'skill',
  'rotation',
]);

/** Basic and contact are there from the registration on; the rest as far as the state says. In order of ids. */
export function fillRecord(of: Filling, school: SeededSchool, teacher: SeededTeacher): FilledEntry[] {
  const values = invented(of, school, teacher);
  return sections
    .filter(({ key }) => isWanted(of, teacher, key))
    .flatMap(({ key, multiRecord }) =>
      (values?.[key] ?? (multiRecord ? [] : [{}])).map((plain) => filledEntry(of, teacher, key, plain)),
    );
}

/** What registration puts into the basic section. */
export const registeredValues = ({ employment }: SeededTeacher['person']): InventedValues => {
  const { personStatus } = defaultsFor('basic', 'primarySecondary');
  return {
    onEstablishment: employment.onEstablishment ? '1' : '0',
    ...(employment.contract && { contractStartDate: employment.contract.start }),
    ...(employment.contract?.end && { contractEndDate: employment.contract.end }),
    ...(personStatus && { personStatus }),
  };
};

function invented(of: Filling, school: SeededSchool, teacher: SeededTeacher): InventedRecord | undefined {
  if (teacher.state === 'not-started') return undefined;
  const { person } = teacher;
  const rows = of.lean ? 1 : undefined;
  return inventRecord({
    random: of.random,
    person,
    category: school.category,
    today: of.today,
    rows,
    schoolName: school.name,
  });
}

function isWanted({ lean }: Filling, { state }: SeededTeacher, section: SectionKey): boolean {
  if (!sectionOf(section).multiRecord) return true;
  if (lean && !keptOfMany.has(section)) return false;
  return state !== 'draft' || !leftOutOfDrafts.has(section);
}

function filledEntry(of: Filling, teacher: SeededTeacher, section: SectionKey, values: InventedValues): FilledEntry {
  const id = of.ids.next();
  const before = section === 'basic' ? registeredValues(teacher.person) : {};
  const own = Object.entries(values).filter(([key]) => section !== 'basic' || !identityKeys.has(key));
  const plain: InventedValues = { ...before, ...Object.fromEntries(own) };
  const keys = own.map(([key]) => key).filter((key) => String(before[key]) !== String(plain[key]));
  const may = teacher.selfFilled ? keys.filter((key) => teacherFills(section, key)) : [];
  // a repeating row is made by one hand
  const byTeacher = sectionOf(section).multiRecord && may.length < keys.length ? [] : may;
  const bySchool = keys.filter((key) => !byTeacher.includes(key));
  const stored = sealValues(of.vault, section, id, plain);
  return { id, section, plain, stored, text: canonicalJson(stored), byTeacher, bySchool };
}

const fillable = new Map<string, boolean>();

function teacherFills(section: SectionKey, key: string): boolean {
  const name = `${section}.${key}`;
  let known = fillable.get(name);
  if (known === undefined) fillable.set(name, (known = mayFill('teacher', section, key)));
  return known;
}

/** The record as the catalogue's functions take it; `documentNumber` may be masked. */
export function recordOf(
  entries: readonly FilledEntry[],
  { person }: SeededTeacher,
  documentNumber: string,
): TeacherRecord {
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
