import { answer, api } from '@shidang/web-kit';
import type { components } from '@shidang/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { mostTicks } from './ticks';

export type Coverage = components['schemas']['AccountCoverage'];
export type Tier = Coverage['tier'];

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
