import type { QueryConfig } from 'pg';

const teacher = `t.id, t.name, t.sex, t.birth_date::text as birth_date, t.doc_type, t.doc_masked, t.code_masked, t.code_form, t.school_code,
  t.category, t.status, t.stage, t.case_stage, t.effective_version, t.registered_at, t.updated_at, t.version`;

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
  schools: (city: string): QueryConfig => ({
    name: 'schools',
    text: `select json_agg(json_build_array(org_path, measure, n))::text as body from rollup
      where org_path >= $1 and org_path < $2 and length(org_path) > 16 and measure like 'status:%'`,
    values: [city, `${city.slice(0, -1)}/`],
  }),
  children: (city: string): QueryConfig => ({
    name: 'children',
    text: `select json_agg(json_build_array(org_path, measure, n))::text as body from rollup where parent = $1 and measure like 'status:%'`,
    values: [city],
  }),
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
