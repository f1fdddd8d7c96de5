import type { Role, Tier } from '@shidang/access';
import { inventPeople, type InventedPerson } from '../invented/person';
import { Random } from '../invented/random';
import { Identifiers } from './identifiers';
import { planOrganisations, type SeededOrganisation, type SeededSchool } from './organisations';
import type { RecordState } from './pace';
import { partsOf, type Part } from './part';
import type { SeedScale } from './scale';
import { planStaff } from './staff';
import { planTeachers } from './teachers';

/** A human of the demo: one row of the person registry, however many accounts he has. */
export interface SeededPerson extends InventedPerson {
  readonly id: string;
  readonly teacherId?: string;
}

export interface SeededAccount {
  readonly id: string;
  readonly postId: string;
  readonly loginName: string;
  readonly role: Role;
  readonly tier: Tier;
  readonly orgPath: string;
  readonly orgCode: string;
  /** Only issued while false. */
  readonly activated: boolean;
  /** A teacher's from the start, everybody else's from activation on. */
  readonly person?: SeededPerson;
  readonly teacherId?: string;
}

export interface SeededTeacher {
  readonly id: string;
  readonly person: SeededPerson;
  readonly account: SeededAccount;
  readonly state: RecordState;
  /** He filled what teachers may fill and submitted it; else the information administrator did. */
  readonly selfFilled: boolean;
  /** Nobody at the school may review it. */
  readonly schoolSkipped: boolean;
}

/** Who acts at an authority or a school. */
export type Staff = Readonly<Partial<Record<Role, SeededAccount>>>;

export interface SchoolPlan {
  readonly school: SeededSchool;
  readonly staff: Staff;
  readonly teachers: readonly SeededTeacher[];
}

/** Everything that is written, but the content of records: who, where, how far. Small enough to hold at every scale. */
export interface World {
  readonly part: Part;
  /** `YYYY-MM-DD`, the day records were filled with. */
  readonly today: string;
  readonly authorities: readonly { readonly organisation: SeededOrganisation; readonly staff: Staff }[];
  readonly schools: readonly SchoolPlan[];
}

/**
 * `331198`: unassigned by anybody, and not the one `inventPeople` takes by itself: sample workbooks register people beside
 * the demo. Every city has such a one, so people of two parts never share a number.
 */
const divisionOf = (city: string) => `${city.slice(0, 4)}98`;
/** More than the staff of all authorities and schools can be. */
const staffFor = (schools: number) => 120 + schools * 3;

/** The whole world of a scale that has one part. */
export const planWorld = (scale: Exclude<SeedScale, 'xl'>, today: string): World => planPart(partsOf(scale)[0]!, today);

export function planPart(part: Part, today: string): World {
  const ids = new Identifiers(part.seed, 0, part.index);
  const random = new Random(`world ${part.seed}`);
  const { authorities, schools } = planOrganisations(part, ids, random);
  const count = part.teachers + staffFor(schools.length);
  const seed = part.index === 0 ? 'people of the demo' : `people of ${part.seed}`;
  const people = inventPeople(new Random(seed), count, today, divisionOf(part.city)).values();
  const nextPerson = (): InventedPerson => {
    const { value } = people.next();
    if (!value) throw new Error('too few people were invented');
    return value;
  };
  const inventing = { ids, random, nextPerson };
  return {
    part,
    today,
    authorities: authorities.map((organisation) => ({ organisation, staff: planStaff(organisation, inventing) })),
    schools: schools.map((school) => {
      const teachers = planTeachers(school, inventing);
      return { school, teachers, staff: planStaff(school, inventing, teachers) };
    }),
  };
}

export interface InventingWorld {
  readonly ids: Identifiers;
  readonly random: Random;
  readonly nextPerson: () => InventedPerson;
}
