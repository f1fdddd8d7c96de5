import type { components } from '@shidang/client';
import { formatNumber, useWords } from '@shidang/web-kit';
import { Button, Select, Space } from 'antd';
import { useUrlSearch } from '../../../app/url-state';
import { words } from '../words';

const sizes = [50, 100, 200] as const;

type PlaceKey = 'cursor' | 'limit' | 'page';

/** Where in the list the URL stands. */
export function usePlace() {
  const [search] = useUrlSearch<PlaceKey>();
  const wanted = Number(search.limit);
  const limit = sizes.find((each) => each === wanted) ?? sizes[0];
  return { limit, cursor: search.cursor };
}

/** Pages of a keyset list: on with the server's cursor, back with the browser, so that both buttons and the URL agree. */
export function KeysetPager({ page }: { readonly page: components['schemas']['PageMark'] }) {
  const t = useWords(words);
  const [search, change] = useUrlSearch<PlaceKey>();
  const { limit, cursor } = usePlace();
  const total = formatNumber(page.total);
  return (
    <nav className="teachers-pager" aria-label={t('rowsPerPage')}>
      <span>{t(page.totalIsExact ? 'total' : 'totalMore', { count: total })}</span>
      <Space>
        <Select
          aria-label={t('rowsPerPage')}
          value={limit}
          options={sizes.map((count) => ({ value: count, label: t('perPage', { count }) }))}
          onChange={(next: number) => change({ limit: String(next), cursor: undefined, page: undefined })}
        />
        <Button disabled={!cursor} onClick={() => change({ cursor: undefined, page: undefined })}>
          {t('firstPage')}
        </Button>
        <Button disabled={!cursor} onClick={() => window.history.back()}>
          {t('previous')}
        </Button>
        <Button
          disabled={!page.next}
          onClick={() => change({ cursor: page.next, page: String(Number(search.page ?? 1) + 1) })}
        >
          {t('next')}
        </Button>
      </Space>
    </nav>
  );
}
