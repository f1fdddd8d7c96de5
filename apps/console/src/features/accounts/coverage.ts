import { answer, api } from '@shidang/web-kit';
import type { components } from '@shidang/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Role } from './account-state';

export type Coverage = components['schemas']['AccountCoverage'];
export type Tier = Coverage['tier'];

/** One ticked cell of the matrix organisations × roles. */
export interface Tick {
  readonly organisation: string;
  readonly organisationName: string;
  readonly role: Role;
}

export type Ticks = ReadonlyMap<string, Tick>;

/** As the contract allows. */
export const mostTicks = 500;

export const tickKey = ({ organisation, role }: Pick<Tick, 'organisation' | 'role'>): string =>
  `${role}@${organisation}`;

export const tickOf = ({ organisation, organisationName }: Coverage, role: Role): Tick => ({
  organisation,
  organisationName,
  role,
});

/** Ticks when any of them is not ticked yet, else unticks all of them. */
export function toggled(ticks: Ticks, cells: readonly Tick[], on: boolean): Ticks {
  const next = new Map(ticks);
  for (const cell of cells) {
    if (on) next.set(tickKey(cell), cell);
    else next.delete(tickKey(cell));
  }
  return next;
}

/** The first role with its organisations, the rest beside it: one request, issued or refused together. */
export function batchOf(ticks: Ticks): components['schemas']['AccountBatch'] {
  const cells = [...ticks.values()];
  const [{ role }] = cells as [Tick, ...Tick[]];
  return {
    role,
    organisations: cells.filter((cell) => cell.role === role).map((cell) => cell.organisation),
    also: cells
      .filter((cell) => cell.role !== role)
      .map(({ organisation, role: other }) => ({ organisation, role: other })),
  };
}

export interface CoverageQuery {
  readonly q?: string;
  readonly tier?: Tier;
  readonly lacking?: 'yes';
  readonly limit: number;
  readonly cursor?: string;
}

export const coverageKey = ['account-coverage'] as const;

const ask = (query: CoverageQuery) => answer(api.GET('/api/v1/account-coverage', { params: { query } }));

export const useCoverage = (query: CoverageQuery) =>
  useQuery({ queryKey: [...coverageKey, query], queryFn: () => ask(query), placeholderData: keepPreviousData });

/** Every organisation below without an account, page by page, as far as one batch goes. */
export async function lackingBelow(query: Pick<CoverageQuery, 'q' | 'tier'>): Promise<Coverage[]> {
  const found: Coverage[] = [];
  let cursor: string | undefined;
  do {
    const { items, page } = await ask({ ...query, lacking: 'yes', limit: 200, cursor });
    found.push(...items);
    cursor = page.next;
  } while (cursor && found.length < mostTicks);
  return found.slice(0, mostTicks);
}
