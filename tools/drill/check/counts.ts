import { ancestorsOf } from '@shidang/access';
import type { CaseRow, Figure, FinalState } from '../state/final-state';
import type { Violation } from './violation';

const check = 'counts';

/** Where an open case of the first collection stands is where the teacher stands (apps/reporting, progress-status). */
const ofCase: Readonly<Record<string, string>> = {
  'school-review': 'school-review',
  'school-returned': 'school-returned',
  'school-approved': 'school-approved',
  'authority-review': 'authority-review',
  'authority-returned': 'authority-returned',
  approved: 'authority-review',
  conflict: 'conflict',
};

/** A teacher's status by the two owners, records and review; written a second time on purpose. */
export function trueStatuses({ records, review }: FinalState): Map<string, string> {
  const latest = new Map<string, CaseRow>();
  for (const row of review.cases) {
    const known = latest.get(row.teacher_id);
    if (row.kind === 'first' && (!known || row.version >= known.version)) latest.set(row.teacher_id, row);
  }
  return new Map(
    records.teachers.map(({ id, stage, effective_version: n }) => {
      if (stage === 'left') return [id, 'left'];
      if (n > 0 || stage === 'effective') return [id, 'effective'];
      return [id, ofCase[latest.get(id)?.stage ?? ''] ?? stage];
    }),
  );
}

/** The roll-up as it has to be: every countable thing at its organisation and at each one above. */
export function trueFigures(state: FinalState): Map<string, number> {
  const figures = new Map<string, number>();
  const add = (path: string, measure: string, category: string, n: number) => {
    for (const above of [...ancestorsOf(path), path]) {
      const name = `${above} ${measure} ${category}`;
      figures.set(name, (figures.get(name) ?? 0) + n);
    }
  };
  const statuses = trueStatuses(state);
  for (const { id, org_path, category } of state.records.teachers)
    add(org_path, `status:${statuses.get(id)}`, category, 1);
  for (const { role, org_path, activated } of state.identity.accounts) {
    add(org_path, `accounts-issued:${role}`, '', 1);
    if (activated) add(org_path, `accounts-activated:${role}`, '', 1);
  }
  for (const { org_path, in_force, confirmed } of state.reporting.headCounts) {
    add(org_path, 'head-count', '', in_force);
    add(org_path, 'schools-declared', '', 1);
    if (confirmed !== null) add(org_path, 'schools-confirmed', '', 1);
  }
  for (const { org_path, tier } of state.reporting.organisations)
    if (tier === 'school') add(org_path, 'schools', '', 1);
  return new Map([...figures].filter(([, n]) => n !== 0));
}

const nameOf = ({ org_path, measure, category }: Figure) => `${org_path} ${measure} ${category}`;

/** Reporting's states, its roll-up and what it answers equal what the owners' tables say. */
export function counts(state: FinalState): Violation[] {
  const seen = new Map(state.reporting.states.map(({ teacher_id, status }) => [teacher_id, status]));
  const truth = trueFigures(state);
  const kept = new Map(state.reporting.rollup.map((figure) => [nameOf(figure), figure.n]));
  const differing = [...new Set([...truth.keys(), ...kept.keys()])].filter(
    (name) => truth.get(name) !== kept.get(name),
  );
  return [
    ...[...trueStatuses(state)]
      .filter(([id, status]) => seen.get(id) !== status)
      .map(([id, status]) => ({ check, says: `teacher ${id} is ${status}, reporting says ${seen.get(id)}` })),
    ...differing.map((name) => ({
      check,
      says: `${name}: ${truth.get(name) ?? 0} counted, ${kept.get(name) ?? 0} kept`,
    })),
    ...state.reporting.progress.flatMap((answered) => progressOf(answered, truth)),
  ];
}

const reached: Readonly<Record<string, readonly string[]>> = {
  effective: ['effective'],
  submitted: ['authority-review', 'effective'],
  returned: ['school-returned', 'authority-returned'],
};

function progressOf(
  { org_path, figures }: FinalState['reporting']['progress'][number],
  truth: ReadonlyMap<string, number>,
): Violation[] {
  const of = (statuses: readonly string[]) =>
    [...truth]
      .filter(([name]) => statuses.some((status) => name.startsWith(`${org_path} status:${status} `)))
      .reduce((sum, [, n]) => sum + n, 0);
  return Object.entries(reached)
    .filter(([figure, statuses]) => figures[figure] !== of(statuses))
    .map(([figure, statuses]) => ({
      check,
      says: `progress of ${org_path} answers ${figures[figure]} ${figure}, counted are ${of(statuses)}`,
    }));
}

/** A registered teacher has one account and one confirmed place in the registry of persons. */
export function persons({ records, identity }: FinalState): Violation[] {
  const accounts = identity.accounts.filter(({ teacher_id }) => teacher_id);
  const confirmed = identity.persons.filter((person) => person.confirmed);
  return records.teachers.flatMap(({ id }) => {
    const [a, p] = [accounts, confirmed].map((rows) => rows.filter(({ teacher_id }) => teacher_id === id).length);
    return a === 1 && p === 1
      ? []
      : [{ check: 'persons', says: `teacher ${id} has ${a} accounts and ${p} confirmed persons` }];
  });
}

/** Frozen sheets of a report count from 1 to its number, each once. */
export const sheets = ({ reporting }: FinalState): Violation[] =>
  reporting.reports.flatMap(({ id, number }) => {
    const kept = reporting.sheets.filter(({ report_id }) => report_id === id).map((sheet) => sheet.number);
    const whole = kept.length === number && kept.every((each, i) => each === i + 1);
    return whole ? [] : [{ check, says: `report ${id} is at sheet ${number}, frozen are ${kept.join(' ') || 'none'}` }];
  });
