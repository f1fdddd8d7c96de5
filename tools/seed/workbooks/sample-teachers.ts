import {
  identityFacts,
  sections,
  violations,
  type Category,
  type RecordRow,
  type SectionKey,
  type TeacherRecord,
} from '@shidang/catalogue';
import { inventPeople, type InventedPerson } from '../invented/person';
import { Random } from '../invented/random';
import { inventRecord, type InventedRecord } from '../invented/record';

/** The day the samples are filled in: in the past, so that they stay right when they are used. */
export const sampleDay = '2024-06-30';

export interface SampleTeacher extends InventedPerson {
  readonly category: Category;
}

const toRecord = (invented: InventedRecord): TeacherRecord => {
  const record: Partial<Record<SectionKey, RecordRow[]>> = {};
  for (const section of sections) record[section.key] = invented[section.key].map((values) => ({ values }));
  return record;
};

/**
 * The same invented teachers every time: a test registers them by their four facts, then uploads the workbook about
 * them. All on the establishment and in mid-career, so that
 * no contract of theirs ends and nobody reaches 65 before the samples are used.
 */
export function sampleTeachers(count = 60, seed = 'sample'): SampleTeacher[] {
  const inMidCareer = ({ birthDate }: InventedPerson) => birthDate >= '1970' && birthDate < '1993';
  const people = inventPeople(new Random(`${seed}/people`), count * 3 + 20, sampleDay).filter(inMidCareer);
  return people.slice(0, count).map((person) => ({
    ...person,
    category: 'primarySecondary',
    employment: { onEstablishment: true, postKind: 'teaching', retired: false },
  }));
}

/** A whole record about which the catalogue has nothing to say, not even a warning. */
export function sampleRecord(teacher: SampleTeacher, rows?: number): InventedRecord {
  for (let attempt = 0; attempt < 200; attempt++) {
    const random = new Random(`${teacher.document.number}/${attempt}`);
    const record = inventRecord({
      random,
      person: teacher,
      category: teacher.category,
      today: sampleDay,
      ...(rows !== undefined && { rows }),
    });
    if (violations(toRecord(record), teacher.category, { today: sampleDay }).length === 0) return record;
  }
  throw new Error(
    `no clean record can be invented for a teacher born ${teacher.birthDate} (${identityFacts.birthDate})`,
  );
}
