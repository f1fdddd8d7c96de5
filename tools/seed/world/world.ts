import type { Role, Tier } from '@shidang/access';
import { inventPeople, type InventedPerson } from '../invented/person';
import { Random } from '../invented/random';
import { Identifiers } from './identifiers';
import { planOrganisations, type SeededOrganisation, type SeededSchool } from './organisations';
import type { RecordState } from './pace';
import { scales, type SeedScale } from './scale';
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
  readonly scale: SeedScale;
  /** `YYYY-MM-DD`, the day records were filled with. */
  readonly today: string;
  readonly authorities: readonly { readonly organisation: SeededOrganisation; readonly staff: Staff }[];
  readonly schools: readonly SchoolPlan[];
}

/** Unassigned by anybody, and not the one `inventPeople` takes by itself: sample workbooks register people beside the demo. */
const division = '331198';
/** More than the staff of all authorities and schools can be. */
const staffFor = (schools: number) => 120 + schools * 3;

export function planWorld(scale: SeedScale, today: string): World {
  const ids = new Identifiers(scale);
  const random = new Random(`world ${scale}`);
  const { authorities, schools } = planOrganisations(scale, ids, random);
  const count = scales[scale].teachers + staffFor(schools.length);
  const people = inventPeople(new Random('people of the demo'), count, today, division).values();
  const nextPerson = (): InventedPerson => {
    const { value } = people.next();
    if (!value) throw new Error('too few people were invented');
    return value;
  };
  const inventing = { ids, random, nextPerson };
  return {
    scale,
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
