import { answer, api, formatNumber, useLanguage, useWords } from '@shidang/web-kit';
import { catalogueWords } from '@shidang/web-kit/review';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { Problem } from '../../app/problem';
import { shapeInUrl, ungrouped, useReviewFilter, type CaseGroup } from './review-filter';
import { words } from './words';

/** Alike cases together, the risky ones apart: one is chosen and worked through. */
export function GroupList() {
  const t = useWords(words);
  const nameOf = useGroupName();
  const { filter, school, change } = useReviewFilter();
  const counted = ungrouped(filter);
  const { data, error } = useQuery({
    queryKey: ['review', 'groups', counted],
    queryFn: () => answer(api.GET('/api/v1/review-cases/groups', { params: { query: counted } })),
  });
  const choose = (next: { kind?: string; shape?: string; risk?: string }) =>
    change({ kind: undefined, shape: undefined, risk: undefined, case: undefined, ...next });
  const isOpen = (group: CaseGroup) =>
    filter.risk === undefined && filter.kind === group.kind && filter.shape === group.shape;
  return (
    <section className="review-groups" aria-label={t('groups')}>
      <SchoolChoice value={school} onChange={(next) => change({ school: next, case: undefined })} />
      <Problem error={error} />
      <ul>
        <Line
          name={t('everything')}
          count={data?.total}
          open={!filter.kind && !filter.risk}
          onClick={() => choose({})}
        />
        {(data?.risky ?? 0) > 0 && (
          <Line
            name={t('risky')}
            count={data?.risky}
            open={filter.risk === 'hits'}
            onClick={() => choose({ risk: 'hits' })}
          />
        )}
        {(data?.groups.length ?? 0) > 1 &&
          data?.groups.map((group) => (
            <Line
              key={`${group.kind} ${group.shape}`}
              name={nameOf(group)}
              count={group.count}
              open={isOpen(group)}
              onClick={() => choose({ kind: group.kind, shape: shapeInUrl(group.shape) })}
            />
          ))}
      </ul>
    </section>
  );
}

function Line({
  name,
  count,
  open,
  onClick,
}: {
  readonly name: string;
  readonly count: number | undefined;
  readonly open: boolean;
  readonly onClick: () => void;
}) {
  return (
    <li>
      <button type="button" aria-pressed={open} onClick={onClick}>
        <span>{name}</span>
        <b>{count === undefined ? '' : formatNumber(count)}</b>
      </button>
    </li>
  );
}

const mostParts = 3;

/** 「首次采集」「新增 国内培训」「变更 基本信息·民族」. */
export function useGroupName() {
  const t = useWords(words);
  const language = useLanguage();
  return ({ kind, mended, parts }: Pick<CaseGroup, 'kind' | 'mended' | 'parts'>): string => {
    const of = catalogueWords('primarySecondary', language);
    const named = parts.slice(0, mostParts).map(of.part);
    const more = parts.length > mostParts ? [t('andMore', { count: parts.length })] : [];
    return [t(`kind_${kind}`), ...(mended ? [t('mended')] : []), [...named, ...more].join('、')]
      .filter((each) => each !== '')
      .join(' ');
  };
}

function SchoolChoice({
  value,
  onChange,
}: {
  readonly value: string | undefined;
  readonly onChange: (code: string | undefined) => void;
}) {
  const t = useWords(words);
  const [q, setQ] = useState('');
  const { data } = useQuery({
    queryKey: ['review', 'schools', q],
    queryFn: () =>
      answer(
        api.GET('/api/v1/organisations', { params: { query: { tier: 'school', limit: 50, ...(q ? { q } : {}) } } }),
      ),
    staleTime: 60_000,
  });
  const options = (data?.items ?? []).map(({ code, name }) => ({ value: code, label: name }));
  if (data && data.page.total <= 1 && q === '' && !value) return null;
  return (
    <Select
      aria-label={t('school')}
      showSearch={{ filterOption: false, onSearch: setQ }}
      allowClear
      placeholder={t('allSchools')}
      value={value ?? null}
      options={options}
      onChange={(code: string | null) => onChange(code ?? undefined)}
      style={{ width: '100%' }}
    />
  );
}
