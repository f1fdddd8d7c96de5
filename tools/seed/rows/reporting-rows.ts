import { ancestorsOf } from '@shidang/access';
import { dimensions } from '@shidang/catalogue';
import type { Batch } from '../load/batch';
import { array } from '../load/copy-text';
import type { SeededSchool } from '../world/organisations';
import type { SeededTeacher } from '../world/world';
import type { Settled } from './record-rows';

/** Counts by organisation, measure and category; names of roll-up rows, parts joined by `|`. */
export type Counts = Map<string, number>;

/** Columns that reporting keeps of what took effect; every other coded value lies in `facts`. */
const typed: Readonly<Record<string, string>> = {
  'basic.highestEducation': 'highest_education',
  'basic.highestDegreeLevel': 'highest_degree',
  'basic.currentProTitle': 'pro_title',
  'basic.currentPostCategory': 'post_category',
  'basic.currentPostLevel': 'post_level',
  'basic.onEstablishment': 'on_establishment',
  'basic.ethnicity': 'ethnicity',
  'basic.isBackboneTeacher': 'backbone',
  'teaching.teachingStatus': 'teaching_status',
  'basic.political': 'political',
  'teaching.stage': 'teaching_stages',
  'teaching.course': 'courses',
  'qualification.type': 'qualifications',
};
const lists = ['teaching_status', 'political', 'teaching_stages', 'courses', 'qualifications'];
const known = new Map(dimensions.map((dimension) => [dimension.key, dimension]));

/** What reporting makes of the facts about a settled world: a state a teacher, an account each, the counts of both, the last movement. */
export class ReportingRows {
  readonly counts: Counts = new Map();

  teacher(batch: Batch, school: SeededSchool, teacher: SeededTeacher, settled: Settled): void {
    const { account } = teacher;
    const { orgPath, code, category } = school;
    batch.add('reporting', 'teacher_state', {
      ...{ teacher_id: teacher.id, org_path: orgPath, category, stage: settled.stage, record_version: settled.version },
      ...{ case_id: settled.caseId, case_stage: settled.caseStage, case_version: settled.caseVersion },
      ...{ effective_version: settled.facts ? 1 : 0, formal_code: settled.facts !== undefined },
      ...{ status: teacher.state, moved_at: settled.movedAt },
      ...{ sex: teacher.person.sex, birth_month: teacher.person.birthDate.slice(0, 7) },
      ...codedColumns(settled.facts ?? {}),
    });
    batch.add('reporting', 'account_state', {
      ...{ account_id: account.id, role: account.role, org_code: code, org_path: orgPath },
      ...{ issued: true, activated: account.activated },
    });
    this.count(orgPath, `status:${teacher.state}`, category);
    this.count(orgPath, `accounts-issued:${account.role}`, '');
    if (account.activated) this.count(orgPath, `accounts-activated:${account.role}`, '');
  }

  /** The last movement of those at one school. */
  school(batch: Batch, { orgPath }: SeededSchool, movements: readonly Date[]): void {
    const moved_at = movements.reduce((one, other) => (other > one ? other : one));
    batch.add('reporting', 'movement', { org_path: orgPath, parent: ancestorsOf(orgPath).at(-1), moved_at });
  }

  private count(orgPath: string, measure: string, category: string): void {
    for (const path of [...ancestorsOf(orgPath), orgPath]) {
      const key = `${path}|${measure}|${category}`;
      this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    }
  }
}

/** Rows of the roll-up: counts of all parts added up. */
export function addRollUp(batch: Batch, counts: Counts): void {
  for (const [key, n] of counts) {
    const [org_path = '', measure, category] = key.split('|');
    batch.add('reporting', 'rollup', { org_path, parent: ancestorsOf(org_path).at(-1) ?? '', measure, category, n });
  }
}

type Facts = Readonly<Record<string, string | readonly string[]>>;

function codedColumns(told: Facts) {
  const columns: Record<string, string | null | object> = Object.fromEntries(
    lists.map((column) => [column, array([])]),
  );
  const facts: Record<string, unknown> = {};
  for (const key of Object.keys(told).sort()) {
    const many = known.get(key)?.values === 'many';
    const codes = [told[key]!].flat();
    const column = typed[key];
    if (column) columns[column] = many ? array([...codes].sort()) : (codes[0] ?? null);
    else if (known.has(key)) facts[key] = many ? [...codes].sort() : (codes[0] ?? null);
  }
  return { ...columns, facts };
}
