import { countedKeys, progressStatuses } from '@shidang/contracts';
import type { QueryConfig } from 'pg';

const teacher = `t.id, t.name, t.sex, t.birth_date::text as birth_date, t.doc_type, t.doc_masked, t.code_masked, t.code_form, t.school_code,
  t.category, t.status, t.stage, t.case_stage, t.effective_version, t.registered_at, t.updated_at, t.version`;

const n = (measure: string) => `coalesce(sum(r.n) filter (where r.measure = '${measure}'), 0)`;
const sum = (without: readonly string[]) =>
  progressStatuses.flatMap((status, at) => (without.includes(status) ? [] : `cells[${at + 1}]`)).join(' + ');
const unsubmitted = progressStatuses.filter((status) => status !== 'authority-review' && status !== 'effective');
const asked = {
  children: { below: `o.parent_code = $1`, parent: `(select org_path from above)` },
  schools: {
    below: `o.tier = 'school' and o.org_path >= (select org_path from above) and o.org_path < (select rtrim(org_path, '.') || '/' from above)`,
    parent: `left(o.org_path, -(length(o.code) + 1))`,
  },
};

/** What the product answers, word for word but for the legend. */
const counts = (level: keyof typeof asked, city: string): QueryConfig => ({
  name: level,
  text: `with above as materialized (select org_path from organisation where code = $1),
    due as materialized (select c.org_path, c.due_on from campaign c where starts_with((select org_path from above), c.org_path)
      or (c.org_path >= (select org_path from above) and c.org_path < (select rtrim(org_path, '.') || '/' from above))),
    items as (select o.code, o.name, o.org_path, head, cells, ${sum(['left'])} as registered, ${sum(unsubmitted)} as submitted from organisation o,
      lateral (select array[${progressStatuses.map((status) => n(`status:${status}`)).join(', ')}] as cells,
        case when ${n('schools-declared')} > 0 then ${n('head-count')} end as head
        from rollup r where r.parent = ${asked[level].parent} and r.org_path = o.org_path
        and r.measure in ('head-count', 'schools-declared', ${progressStatuses.map((status) => `'status:${status}'`).join(', ')})) r
      where ${asked[level].below})
    select '{"columns":${JSON.stringify(countedKeys)},"items":[' || coalesce(string_agg('{"code":' || to_json(code) || ',"name":' || to_json(name) ||
      case when head is null then '' else ',"headCount":' || head end || ',"counts":[' || array_to_string(cells, ',') || ',' ||
      greatest(0, coalesce(head, 0) - registered) || '],"overdue":' || case when (select min(due_on) from due) < current_date
        and submitted < greatest(coalesce(head, 0), registered) and (select d.due_on from due d where starts_with(i.org_path, d.org_path)
          order by length(d.org_path) desc limit 1) < current_date then 'true' else 'false' end || '}', ',' order by code), '') || ']}' as body
    from items i`,
  values: [city],
});

/** Tables of the limit alone: its audit, outbox and keys, and totals that a roll-up would hold. */
export const benchTables = `
  create schema if not exists bench;
  create table if not exists bench.audit (id uuid primary key, at timestamptz default now(), account uuid, what text, object uuid);
  create table if not exists bench.outbox (id uuid primary key, subject text, payload jsonb, published_at timestamptz);
  create table if not exists bench.idempotency (key uuid primary key, answer text, created_at timestamptz default now());
  create table if not exists bench.staged (row int, name text, sex text, born date, number text, a text, b text, c text, d text, e text, f text);
  create table if not exists bench.imported (like bench.staged);
  create index if not exists bench_imported_number on bench.imported (number);
  create table if not exists bench.total (code text primary key, n int);
  truncate bench.audit, bench.outbox, bench.idempotency, bench.staged, bench.imported, bench.total;
  insert into bench.total select county, count(*) from public.teacher group by 1;
  insert into bench.total select city, count(*) from public.teacher group by 1 on conflict do nothing;
`;

export const sessionTable = `
  create schema if not exists bench;
  create table if not exists bench.session (token text primary key, account uuid, at timestamptz default now());
  truncate bench.session;
`;

export const statements = {
  teacher: (id: string): QueryConfig => ({
    name: 'teacher',
    text: `select ${teacher}, o.name as school_name from teacher t left join organisation o on o.code = t.school_code where t.id = $1`,
    values: [id],
  }),
  page: (county: string): QueryConfig => ({
    name: 'page',
    text: `select ${teacher}, o.name as school_name from teacher t left join organisation o on o.code = t.school_code
      where t.county = $1 order by t.name, t.id limit 20`,
    values: [county],
  }),
  total: (code: string): QueryConfig => ({
    name: 'total',
    text: `select n from bench.total where code = $1`,
    values: [code],
  }),
  search: (city: string, gram: string): QueryConfig => ({
    name: 'search',
    text: `select ${teacher}, o.name as school_name from gram g join teacher t on t.id = g.teacher_id left join organisation o on o.code = t.school_code
      where g.city = $1 and g.gram = $2 order by g.name, g.teacher_id limit 20`,
    values: [city, gram],
  }),
  found: (city: string, gram: string): QueryConfig => ({
    name: 'found',
    text: `select count(*)::int as n from gram g where g.city = $1 and g.gram = $2`,
    values: [city, gram],
  }),
  update: (entry: string, key: string, value: string): QueryConfig => ({
    name: 'update',
    text: `with changed as (
        update entry set "values" = jsonb_set("values", '{nativePlace}', to_jsonb($3::text)), version = version + 1, updated_at = now()
        where id = $1 returning id, version, "values"),
      audit as (insert into bench.audit (id, account, what, object) select $2, id, 'entry.patch', id from changed),
      told as (insert into bench.outbox (id, subject, payload) select $2, 'entry-changed', jsonb_build_object('id', id, 'version', version) from changed),
      kept as (insert into bench.idempotency (key, answer) select $2, version::text from changed)
      select id, version, "values" from changed`,
    values: [entry, key, value],
  }),
  schools: (city: string): QueryConfig => counts('schools', city),
  children: (city: string): QueryConfig => counts('children', city),
  account: (loginName: string): QueryConfig => ({
    name: 'account',
    text: `select id, password_hash from account where login_name = $1`,
    values: [loginName],
  }),
  session: (token: string, account: string): QueryConfig => ({
    name: 'session',
    text: `insert into bench.session (token, account) values ($1, $2)`,
    values: [token, account],
  }),
};
