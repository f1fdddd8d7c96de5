import { rangeOf, type Tier } from '@shidang/access';
import { recordsRefusals, type ListTeachers } from '@shidang/contracts';
import type { Statement } from '@shidang/persistence';
import { gramToFind } from './grams';
import { teacherColumns, type TeacherRow } from './teacher-view';

/** Counting stops here: beyond it a number is not worth its price. */
export const mostCounted = 10_000;

/** The organisation whose teachers are listed. */
export interface Target {
  code: string;
  path: string;
  tier: Tier;
}

export type ListedRow = TeacherRow & { org_path: string };

/**
 * The two statements of a list: page and total, prepared; a name stands for its text, so it tells every variant apart. Every condition and order is one an index serves (ADR 0067): by county,
 * city or path, by name from there; above a city by organisation and name.
 */
export class ListPlan {
  private readonly params: unknown[] = [];
  private readonly where: string[];
  private readonly text: string;
  private readonly gram: string | undefined;
  private readonly wide: boolean;
  private readonly variant: string;

  constructor(
    private readonly query: Pick<ListTeachers, 'q' | 'status' | 'category'>,
    private readonly target: Target,
  ) {
    this.text = query.q?.normalize('NFC').trim() ?? '';
    this.gram = gramToFind(this.text);
    this.wide = target.tier === 'central' || target.tier === 'province';
    if (this.gram !== undefined && this.wide) throw recordsRefusals.searchTooWide({});
    this.where = this.gram === undefined ? this.placed('t') : this.searched(this.gram);
    if (query.status) this.where.push(`t.status = ${this.bind(query.status)}`);
    if (query.category) this.where.push(`t.category = ${this.bind(query.category)}`);
    const searched = this.gram === undefined ? '' : this.isLong ? 'long' : 'short';
    this.variant = ['teachers', target.tier, searched, query.status && 's', query.category && 'c'].join('-');
  }

  /** Rows after the last one seen, in order. */
  page(after: readonly string[] | undefined, rows: number): Statement {
    const params = [...this.params];
    const place = (value: unknown) => `$${params.push(value)}`;
    const order = this.keys.join(', ');
    const where = [...this.where];
    if (after) {
      const [id, ...others] = [...after].reverse();
      const marks = [...others.reverse().map((each) => place(each)), `${place(id)}::uuid`];
      where.push(`(${order}) > (${marks.join(', ')})`);
    }
    const text = `select ${teacherColumns}, t.org_path from ${this.from} where ${where.join(' and ')} order by ${order} limit ${place(rows)}`;
    return { text, params, name: `${this.variant}-${after ? 'next' : 'first'}` };
  }

  count(): Statement {
    // a name alone is counted in the gram index, without a look at the teachers
    const bare = this.gram !== undefined && !this.query.status && !this.query.category;
    const from = bare ? 'gram g' : this.from;
    const text = `select count(*)::int as n from (select 1 from ${from} where ${this.where.join(' and ')} limit ${mostCounted + 1}) counted`;
    return { text, params: this.params, name: `${this.variant}-count` };
  }

  /** Where the next page begins. */
  markOf(row: ListedRow): string[] {
    return this.wide ? [row.org_path, row.name, row.id] : [row.name, row.id];
  }

  private get keys(): string[] {
    if (this.wide) return ['t.org_path', 't.name', 't.id'];
    return this.gram === undefined ? ['t.name', 't.id'] : ['g.name', 'g.teacher_id'];
  }

  private get from(): string {
    return this.gram === undefined ? 'teacher t' : 'gram g join teacher t on t.id = g.teacher_id';
  }

  private get isLong(): boolean {
    return [...this.text].length > 2;
  }

  private bind(value: unknown): string {
    return `$${this.params.push(value)}`;
  }

  private placed(alias: 't' | 'g'): string[] {
    const { tier, path, code } = this.target;
    if (tier === 'school') return [`${alias}.org_path = ${this.bind(path)}`];
    if (tier === 'county') return [`${alias}.county = ${this.bind(code)}`];
    if (tier === 'city') return [`${alias}.city = ${this.bind(code)}`];
    const { low, high } = rangeOf(path);
    return [`${alias}.org_path >= ${this.bind(low)}`, `${alias}.org_path < ${this.bind(high)}`];
  }

  private searched(gram: string): string[] {
    const conditions = [`g.city = ${this.bind(cityOf(this.target.path))}`, `g.gram = ${this.bind(gram)}`];
    if (this.target.tier !== 'city') conditions.push(...this.placed('g'));
    // longer than a pair: the pair found the few rows that are looked at
    if (this.isLong) conditions.push(`strpos(g.name, ${this.bind(this.text)}) > 0`);
    return conditions;
  }
}

/** Division code of the city (or whatever stands in its place) above a county or school: as `placeOf` writes it. */
function cityOf(path: string): string {
  const segments = path.split('.').filter((each) => each !== '');
  const city = segments.find((each) => each.length === 4);
  return (city ?? segments.at(-2) ?? '').padEnd(6, '0');
}
