import type { ImportCounts } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';
import { noCounts } from '../judge-workbook';
import { isNameless, type Staging } from './staged-rows';

/** What the rows of one person come to. */
export interface PersonCounts {
  readonly person: string;
  readonly counts: ImportCounts;
}

/** Keeps what people come to; those that are new stand behind all others. */
export async function keepPeople(sql: Sql, target: Staging, people: readonly PersonCounts[]): Promise<void> {
  if (people.length === 0) return;
  await sql(
    `insert into import_person (import_id, org_path, person, nameless, counts, n)
     select $1, $2, u.person, u.nameless, u.counts, coalesce((select max(p.n) from import_person p where p.import_id = $1), 0) + u.n
     from unnest($3::text[], $4::boolean[], $5::jsonb[]) with ordinality as u (person, nameless, counts, n)
     on conflict (import_id, person) do update set counts = excluded.counts`,
    [
      target.id,
      target.org_path,
      people.map((each) => each.person),
      people.map((each) => isNameless(each.person)),
      people.map((each) => JSON.stringify(each.counts)),
    ],
    'import-people-kept',
  );
}

export async function dropPeople(sql: Sql, importId: string, people: readonly string[]): Promise<void> {
  if (people.length === 0) return;
  await sql(`delete from import_person where import_id = $1 and person = any($2::text[])`, [importId, people]);
}

/** People with a number, behind the last one done. */
export const peopleAfter = (sql: Sql, importId: string, done: number, limit: number) =>
  sql<{ person: string; n: number }>(
    `select p.person, p.n from import_person p where p.import_id = $1 and p.n > $2 and not p.nameless order by p.n limit $3`,
    [importId, done, limit],
  );

const figures = Object.keys(noCounts()) as (keyof ImportCounts)[];
const sums = figures.map((key) => `coalesce(sum((p.counts->>'${key}')::int), 0)::int as "${key}"`).join(', ');

/** What the whole workbook comes to: its people, and what is wrong with the sheets as such. `which` limits the people. */
export async function countsOf(sql: Sql, importId: string, which: 'all' | 'nameless' = 'all'): Promise<ImportCounts> {
  const [total] = await sql<Required<ImportCounts>>(
    `select ${sums} from import_person p where p.import_id = $1 and (p.nameless or $2 = 'all')`,
    [importId, which],
  );
  const [sheets] = await sql<{ findings: number; errors: number }>(
    `select count(*)::int as findings, (count(*) filter (where f.severity = 'error'))::int as errors
     from import_issue f where f.import_id = $1 and (f.person is null or ($2 = 'all' and f.person = 'once'))`,
    [importId, which],
  );
  return { ...total!, findings: total!.findings + sheets!.findings, errors: total!.errors + sheets!.errors };
}
