import { answer, api } from '@shidang/web-kit';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AccountState, Role } from './account-state';

export interface AccountFilter {
  readonly q?: string;
  readonly role?: Role;
  readonly organisation?: string;
}

export interface AccountQuery extends AccountFilter {
  readonly state?: AccountState;
  readonly limit: number;
  readonly cursor?: string;
}

export const accountsKey = ['accounts'] as const;
export const accountKey = (accountId: string) => [...accountsKey, 'one', accountId] as const;

export const useAccounts = (query: AccountQuery) =>
  useQuery({
    queryKey: [...accountsKey, 'list', query],
    queryFn: () => answer(api.GET('/api/v1/accounts', { params: { query } })),
    placeholderData: keepPreviousData,
  });

export const useAccountCounts = (query: AccountFilter) =>
  useQuery({
    queryKey: [...accountsKey, 'counts', query],
    queryFn: () => answer(api.GET('/api/v1/account-counts', { params: { query } })),
    placeholderData: keepPreviousData,
  });

export const readAccount = (accountId: string) =>
  answer(api.GET('/api/v1/accounts/{accountId}', { params: { path: { accountId } } }));
