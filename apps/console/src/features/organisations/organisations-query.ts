import { answer, api } from '@shidang/web-kit';
import type { components } from '@shidang/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';

export type Organisation = components['schemas']['OrganisationView'];
export type Category = NonNullable<Organisation['category']>;
export type Tier = Organisation['tier'];

export const categories: readonly Category[] = ['kindergarten', 'primarySecondary', 'vocational', 'special'];

export interface OrganisationFilter {
  readonly q?: string;
  readonly tier?: Tier;
  readonly category?: Category;
  readonly limit: number;
  readonly cursor?: string;
}

export const organisationsKey = ['organisations'] as const;

export const readOrganisation = (code: string) =>
  answer(api.GET('/api/v1/organisations/{code}', { params: { path: { code } } }));

export const useOrganisation = (code: string) =>
  useQuery({ queryKey: [...organisationsKey, 'one', code], queryFn: () => readOrganisation(code) });

/** Directly below `code`, or everything at and below one's own organisation. */
export const useOrganisations = (code: string, everywhere: boolean, query: OrganisationFilter) =>
  useQuery({
    queryKey: [...organisationsKey, everywhere ? 'everywhere' : code, query],
    queryFn: () =>
      everywhere
        ? answer(api.GET('/api/v1/organisations', { params: { query } }))
        : answer(api.GET('/api/v1/organisations/{code}/children', { params: { path: { code }, query } })),
    placeholderData: keepPreviousData,
  });
