import { categories } from '@shidang/catalogue';
import {
  inLanguage,
  recordStatuses,
  say,
  statusWords,
  useKeys,
  useLanguage,
  useSession,
  useWords,
} from '@shidang/web-kit';
import { Button, Input, Select, Space, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { words } from '../words';
import { OrganisationFilter } from './organisation-filter';

export interface ListSearch {
  readonly organisation?: string;
  readonly q?: string;
  readonly status?: string;
  readonly category?: string;
}

interface ListFiltersProps {
  readonly search: Readonly<Partial<Record<keyof ListSearch, string>>>;
  readonly onChange: (next: Readonly<Partial<Record<keyof ListSearch, string | undefined>>>) => void;
}

export function ListFilters({ search, onChange }: ListFiltersProps) {
  const t = useWords(words);
  const language = useLanguage();
  const { post, can } = useSession();
  return (
    <Space wrap className="teachers-filters">
      <NameSearch value={search.q ?? ''} onSearch={(q) => onChange({ q: q || undefined })} />
      {post.tier !== 'school' && (
        <OrganisationFilter value={search.organisation} onChange={(organisation) => onChange({ organisation })} />
      )}
      <Select
        aria-label={t('status')}
        value={search.status ?? ''}
        onChange={(status: string) => onChange({ status: status || undefined })}
        options={[
          { value: '', label: t('anyStatus') },
          ...recordStatuses.map((value) => ({ value, label: say(statusWords, value) })),
        ]}
        style={{ width: 190 }}
      />
      {post.tier !== 'school' && (
        <Select
          aria-label={t('category')}
          value={search.category ?? ''}
          onChange={(category: string) => onChange({ category: category || undefined })}
          options={[
            { value: '', label: t('anyCategory') },
            ...categories.map(({ key, zhName, en }) => ({
              value: key,
              label: inLanguage({ zh: zhName, en }, language),
            })),
          ]}
          style={{ width: 170 }}
        />
      )}
      {can('record.export') && <Button href={csvOf(search)}>{t('exportCsv')}</Button>}
    </Space>
  );
}

/** The whole list under the same filters, streamed by the server; nothing is cut off. */
function csvOf({ organisation, q, status, category }: ListFiltersProps['search']): string {
  const kept = Object.entries({ organisation, q, status, category }).filter((pair): pair is [string, string] =>
    Boolean(pair[1]),
  );
  const query = new URLSearchParams(kept).toString();
  return `/api/v1/teachers.csv${query && `?${query}`}`;
}

function NameSearch({ value, onSearch }: { readonly value: string; readonly onSearch: (q: string) => void }) {
  const t = useWords(words);
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const box = useRef<InputRef>(null);
  useKeys([{ keys: '/', label: t('searchName'), run: () => box.current?.focus() }]);
  return (
    <Input.Search
      ref={box}
      aria-label={t('searchName')}
      placeholder={t('searchHint')}
      value={text}
      allowClear
      maxLength={50}
      onChange={(event) => setText(event.target.value)}
      onSearch={(q) => onSearch(q.trim())}
      style={{ width: 220 }}
    />
  );
}
