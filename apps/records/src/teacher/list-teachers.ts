import { contains, tierOfPath, type Caller, type Tier } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { ListTeachers, listTeachers, recordsRefusals, TeacherPage } from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { gramToFind } from './grams';
import { teacherColumns, toTeacherView, type TeacherRow } from './teacher-view';

/** Counting stops here: beyond it a number is not worth its price (performance design). */
const mostCounted = 10_000;

interface Target {
  code: string;
  path: string;
  tier: Tier;
}

type ListedRow = TeacherRow & { org_path: string };
/** Sort key of the last row seen. */
type Mark = readonly string[];

@Controller()
export class ListTeachersHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** Every order is one an index has: by name in a county, city or school, by organisation and name above the city. */
  @Handles(listTeachers)
  list(query: ListTeachers, caller: Caller): Promise<TeacherPage> {
    const owner = { list: listTeachers.name, accountId: caller.accountId };
    const after = openCursor<Mark>(this.vault, query.cursor, owner);
    return this.work.read(caller, async (_, sql) => {
      const target = await targetOf(sql, query.organisation, caller);
      const limit = query.limit ?? 20;
      const plan = planFor(query, target);
      const rows = await sql<ListedRow>(...plan.page(after, limit + 1));
      const [counted] = await sql<{ n: number }>(...plan.count());
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const next = rows.length > limit && last ? sealCursor(this.vault, plan.markOf(last), owner) : undefined;
      const total = Math.min(counted?.n ?? 0, mostCounted);
      return {
        items: items.map(toTeacherView),
        page: { next, total, totalIsExact: (counted?.n ?? 0) <= mostCounted },
      };
    });
  }
}

async function targetOf(sql: Sql, code: string | undefined, caller: Caller): Promise<Target> {
  if (code === undefined || code === caller.orgCode)
    return { code: caller.orgCode, path: caller.orgPath, tier: caller.tier };
  const [row] = await sql<{ org_path: string }>(
    `select org_path from organisation where code = $1`,
    [code],
    'organisation-path',
  );
  if (!row || !contains(caller.orgPath, row.org_path)) throw recordsRefusals.organisationNotFound({});
  return { code, path: row.org_path, tier: tierOfPath(row.org_path) };
}

/** One statement for the page, one for the total, both over the same conditions. */
function planFor(query: ListTeachers, target: Target) {
  const params: unknown[] = [];
  const bind = (value: unknown) => `$${params.push(value)}`;
  const gram = query.q === undefined ? undefined : gramToFind(query.q);
  const wide = target.tier === 'central' || target.tier === 'province';
  if (gram !== undefined && wide) throw recordsRefusals.searchTooWide({});
  const from = gram === undefined ? 'teacher t' : 'gram g join teacher t on t.id = g.teacher_id';
  const where: string[] = gram === undefined ? [] : gramConditions(query.q!.trim(), gram, target, bind);
  if (gram === undefined && !wide) where.push(...placeConditions('t', target, bind));
  if (query.status) where.push(`t.status = ${bind(query.status)}`);
  if (query.category) where.push(`t.category = ${bind(query.category)}`);
  if (wide) where.push(`t.org_path >= ${bind(target.path)}`, `t.org_path < ${bind(`${target.path.slice(0, -1)}/`)}`);
  const keys = wide
    ? ['t.org_path', 't.name', 't.id']
    : gram === undefined
      ? ['t.name', 't.id']
      : ['g.name', 'g.teacher_id'];
  const markOf = (row: ListedRow): Mark => (wide ? [row.org_path, row.name, row.id] : [row.name, row.id]);
  const name = `teachers-${target.tier}-${gram === undefined ? '' : `q${[...query.q!.trim()].length > 2 ? 3 : 2}`}-${query.status ? 's' : ''}${query.category ? 'c' : ''}`;
  return {
    markOf,
    page(after: Mark | undefined, rows: number): [string, unknown[], string] {
      const own = [...params];
      const place = (value: unknown) => `$${own.push(value)}`;
      const seek = after
        ? [
            `(${keys.join(', ')}) > (${after.map((key, i) => place(key) + (i === after.length - 1 ? '::uuid' : '')).join(', ')})`,
          ]
        : [];
      const text = `select ${teacherColumns}, t.org_path from ${from} ${whereOf([...where, ...seek])} order by ${keys.join(', ')} limit ${place(rows)}`;
      return [text, own, `${name}-${after ? 'next' : 'first'}`];
    },
    count(): [string, unknown[], string] {
      return [
        `select count(*)::int as n from (select 1 from ${from} ${whereOf(where)} limit ${mostCounted + 1}) counted`,
        params,
        `${name}-count`,
      ];
    },
  };
}

const whereOf = (conditions: readonly string[]) => (conditions.length > 0 ? `where ${conditions.join(' and ')}` : '');

/** A city-run school or one run by the province is a school: found by its path like every school. */
function placeConditions(alias: string, target: Target, bind: (value: unknown) => string): string[] {
  if (target.tier === 'school') return [`${alias}.org_path = ${bind(target.path)}`];
  if (target.tier === 'county') return [`${alias}.county = ${bind(target.code)}`];
  return [`${alias}.city = ${bind(target.code)}`];
}

function gramConditions(text: string, gram: string, target: Target, bind: (value: unknown) => string): string[] {
  const city = cityOf(target);
  const conditions = [`g.city = ${bind(city)}`, `g.gram = ${bind(gram)}`];
  if (target.tier !== 'city') conditions.push(...placeConditions('g', target, bind));
  // longer than a pair: the pair found the few rows that are looked at
  if ([...text].length > 2) conditions.push(`strpos(g.name, ${bind(text)}) > 0`);
  return conditions;
}

/** Division code of the city (or whatever stands in its place) above a county or school: as `placeOf` writes it. */
function cityOf(target: Target): string {
  const segments = target.path.split('.').filter((each) => each !== '');
  const city = segments.find((each) => each.length === 4);
  return (city ?? segments.at(-2) ?? '').padEnd(6, '0');
}
