import { useWords } from '@shidang/web-kit';
import { Button, Select, Space } from 'antd';
import { useUrlSearch } from './url-state';
import { words } from './words';

export const pageSizes = [50, 100, 200] as const;

interface PageMark {
  readonly next?: string;
  readonly total?: number;
  readonly totalIsExact?: boolean;
}

/** Cursors lead forward only; the way back is kept in the URL as the cursors already passed. */
const firstPage = '-';
const passedOf = (passed: string | undefined): string[] => passed?.split('~') ?? [];

/**
 * Where in a list one is, in the URL: `limit` and `cursor` go into the query, `toFirstPage` into every change of a filter:
 * `change({ status, ...toFirstPage })`.
 */
export const toFirstPage = { cursor: undefined, passed: undefined } as const;

export function useListPage(): { readonly limit: number; readonly cursor: string | undefined } {
  const [{ cursor, limit }] = useUrlSearch<'cursor' | 'limit'>();
  const size = Number(limit);
  return { limit: pageSizes.some((each) => each === size) ? size : pageSizes[0], cursor };
}

/** Previous, next, rows per page, how many in all: below every list of the API. */
export function CursorPager({ page }: { readonly page: PageMark | undefined }) {
  const t = useWords(words);
  const [{ cursor, passed }, change] = useUrlSearch<'cursor' | 'passed' | 'limit'>();
  const { limit } = useListPage();
  const before = passedOf(passed);
  const last = before.at(-1);
  const back = () =>
    change({ cursor: last === firstPage ? undefined : last, passed: before.slice(0, -1).join('~') || undefined });
  const on = () => change({ cursor: page?.next, passed: [...before, cursor ?? firstPage].join('~') });
  return (
    <Space className="console-pager no-print" wrap>
      {page?.total !== undefined && (
        <span>{t(page.totalIsExact === false ? 'totalAbout' : 'total', { count: page.total })}</span>
      )}
      <Button onClick={back} disabled={!cursor}>
        {t('previousPage')}
      </Button>
      <Button onClick={on} disabled={!page?.next}>
        {t('nextPage')}
      </Button>
      <Select
        aria-label={t('pageSize')}
        value={limit}
        onChange={(size: number) => change({ limit: String(size), ...toFirstPage })}
        options={pageSizes.map((size) => ({ value: size, label: t('perPage', { count: size }) }))}
      />
    </Space>
  );
}
