import { demoTeachers } from '../demo-accounts';
import type { Random } from '../invented/random';
import type { SeededSchool } from './organisations';
import { activatedShare, stateWithoutSchool, statesAt, wasSubmitted, type RecordState } from './pace';
import type { InventingWorld, SeededTeacher } from './world';

/** Teaching points of so many people have no principal of their own (domain: the school's step is skipped and shown). */
const mostWithoutPrincipal = 3;

export const hasPrincipal = (school: SeededSchool): boolean => school.teachers > mostWithoutPrincipal;

interface Role {
  readonly state: RecordState;
  readonly schoolSkipped: boolean;
  readonly loginName?: string;
}

/** The first is the principal, the second the information administrator: both are teachers of their school. */
export function planTeachers(school: SeededSchool, { ids, random, nextPerson }: InventingWorld): SeededTeacher[] {
  const named = new Set<string>(Object.values(demoTeachers));
  return rolesOf(school, random).map(({ state, schoolSkipped, loginName }, index) => {
    const staff = hasPrincipal(school) && index < 2;
    const activated =
      loginName !== undefined || (staff ? school.pace !== 'silent' : random.chance(activatedShare(school.pace)));
    const [id, personId] = [ids.next(), ids.next()];
    const person = { ...nextPerson(), id: personId, teacherId: id };
    const account = {
      id: ids.next(),
      postId: ids.next(),
      loginName: loginName ?? freeName(school.code, random, named),
      role: 'teacher',
      tier: 'school',
      orgPath: school.orgPath,
      orgCode: school.code,
      activated,
      person,
      teacherId: id,
    } as const;
    const filled = state !== 'not-started';
    const selfFilled = filled && activated && (loginName !== undefined || random.chance(0.7));
    return { id, person, account, state, selfFilled, schoolSkipped };
  });
}

function rolesOf(school: SeededSchool, random: Random): Role[] {
  const states = statesAt(school.pace, school.teachers);
  if (!hasPrincipal(school)) {
    return states.map((state) => ({
      state: stateWithoutSchool(state),
      schoolSkipped: wasSubmitted(stateWithoutSchool(state)),
    }));
  }
  // nobody reviews his own record: the principal's goes to the authority directly
  const own = states.splice(
    states.findIndex((state) => stateWithoutSchool(state) === state),
    1,
  )[0]!;
  const principal = { state: own, schoolSkipped: wasSubmitted(own) };
  return [principal, ...withDemoTeachers(school, shuffled(states, random))];
}

/** The first of the right state after the information administrator gets the log-in name that README prints. */
function withDemoTeachers(school: SeededSchool, states: readonly RecordState[]): Role[] {
  const waiting = new Map<RecordState, string>(
    Object.entries(demoTeachers)
      .filter(([, name]) => name.endsWith(`@${school.code}`))
      .map(([state, name]) => [state as RecordState, name]),
  );
  return states.map((state, index) => {
    const loginName = index === 0 ? undefined : waiting.get(state);
    if (loginName) waiting.delete(state);
    return { state, schoolSkipped: false, loginName };
  });
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const mixed = [...list];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = random.between(0, at);
    [mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
  }
  return mixed;
}

function freeName(school: string, random: Random, taken: Set<string>): string {
  for (;;) {
    const name = `t${random.between(100_000, 999_999)}@${school}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
