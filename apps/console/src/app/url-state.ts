import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

/** What stands behind the `?`: plain words, so that a link can be read and sent. */
export type UrlSearch = Readonly<Record<string, string | undefined>>;

export function parseUrlSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function urlSearchOf(search: UrlSearch): string {
  const kept = Object.entries(search).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const query = new URLSearchParams(kept).toString();
  return query === '' ? '' : `?${query}`;
}

/**
 * Filters, page and open record live in the URL: reload, back and a sent link show the same. `change` merges; undefined or '' removes.
 * `const [search, change] = useUrlSearch<'q' | 'status'>()`.
 */
export function useUrlSearch<K extends string>(): [
  search: Readonly<Partial<Record<K, string>>>,
  change: (next: Readonly<Partial<Record<K, string | undefined>>>, how?: { replace?: boolean }) => void,
] {
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const search = useMemo(
    () =>
      Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, String(value)])) as Partial<Record<K, string>>,
    [raw],
  );
  const change = useCallback(
    (next: Readonly<Partial<Record<K, string | undefined>>>, { replace = false } = {}) =>
      void navigate({
        to: '.',
        replace,
        search: ((before: UrlSearch) => ({ ...before, ...next })) as never,
      }),
    [navigate],
  );
  return [search, change];
}

/** A parameter of the path. */
export function usePathParameter(name: string): string {
  const parameters: Record<string, string> = useParams({ strict: false });
  return parameters[name] ?? '';
}
