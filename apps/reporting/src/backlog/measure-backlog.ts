import { Handles } from '@shidang/bus';
import { measureBacklog, type BacklogMeasured, type MeasureBacklog, type WatchedPlace } from '@shidang/contracts';
import { Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { placesOfWholes, statusesOfTurn } from './backlog-places';

@Controller()
export class MeasureBacklogHandler {
  constructor(private readonly work: Work) {}

  /** For notifications, which stops urging where nothing waits any more. Numbers only. */
  @Handles(measureBacklog)
  measure({ places, within }: MeasureBacklog): Promise<BacklogMeasured> {
    return this.work.beyond('rollup', async (_, sql) => {
      const atAuthorities = places.filter(({ turn, atActors }) => turn === 'authority' && atActors);
      const wholes = places.filter((place) => !atAuthorities.includes(place));
      const counted = new Map([...(await ofWholes(sql, wholes)), ...(await ofAuthorities(sql, atAuthorities, within))]);
      const names = await namesOf(sql, places);
      return {
        places: places.map((place) => ({ ...place, n: counted.get(keyOf(place)) ?? 0, name: names.get(place.code) })),
      };
    });
  }
}

const keyOf = ({ code, turn, atActors }: WatchedPlace): string => `${code}:${turn}:${atActors}`;

async function namesOf(sql: Sql, places: readonly WatchedPlace[]): Promise<Map<string, string>> {
  const rows = await sql<{ code: string; name: string }>(
    `select code, name from organisation where code = any($1)`,
    [places.map(({ code }) => code)],
    'backlog-names',
  );
  return new Map(rows.map(({ code, name }) => [code, name]));
}

async function ofWholes(sql: Sql, places: readonly WatchedPlace[]): Promise<[string, number][]> {
  const codes = [...new Set(places.map(({ code }) => code))];
  const turns = [...new Set(places.map(({ turn }) => turn))];
  const found = await placesOfWholes(sql, codes, turns);
  const sums = new Map(found.map(({ organisation, turn, n }) => [`${organisation.code}:${turn}`, n]));
  return places.map((place) => [keyOf(place), sums.get(`${place.code}:${place.turn}`) ?? 0]);
}

/** What waits with an authority itself: of the schools right below it, as far as they were urged, not of the authorities below. */
async function ofAuthorities(
  sql: Sql,
  places: readonly WatchedPlace[],
  within: readonly string[] | undefined,
): Promise<[string, number][]> {
  if (places.length === 0) return [];
  const rows = await sql<{ code: string; n: number }>(
    `select o.parent_code as code, sum(r.n)::int as n from organisation o join rollup r on r.org_path = o.org_path
     where o.parent_code = any($1) and o.tier = 'school' and r.measure = any($2)
       and ($3::text[] is null or exists (
         select 1 from organisation urged where urged.code = any($3) and starts_with(o.org_path, urged.org_path)))
     group by o.parent_code`,
    [places.map(({ code }) => code), statusesOfTurn('authority').map((status) => `status:${status}`), within ?? null],
    'backlog-of-authorities',
  );
  const sums = new Map(rows.map(({ code, n }) => [code, n]));
  return places.map((place) => [keyOf(place), sums.get(place.code) ?? 0]);
}
