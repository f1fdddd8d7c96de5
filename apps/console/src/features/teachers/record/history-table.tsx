import { findIndicator, sectionOf, type Category, type SectionKey } from '@shidang/catalogue';
import { formatMoment, inLanguage, useLanguage, useWords } from '@shidang/web-kit';
import { fieldLabel, valueText } from '@shidang/web-kit/section-form';
import { Button, Empty, Space, Table } from 'antd';
import { useState } from 'react';
import { Problem } from '../../../app/problem';
import { words as consoleWords, type ConsoleKey } from '../../../app/words';
import { useHistory, type HistoryFilter, type HistoryItem, type TeacherView } from '../teachers-api';
import { words } from '../words';

interface HistoryTableProps {
  readonly teacher: TeacherView;
  readonly filter: HistoryFilter;
}

/** 谁填报谁负责、谁审核谁负责: every change with who, by which way in, and who reviewed it at each tier. Newest first. */
export function HistoryTable({ teacher, filter }: HistoryTableProps) {
  const t = useWords(words);
  const language = useLanguage();
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors.at(-1);
  const { data, error, isLoading, refetch } = useHistory(teacher.id, { ...filter, ...(cursor && { cursor }) });
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  return (
    <>
      <Table<HistoryItem>
        rowKey="id"
        size="small"
        loading={isLoading}
        pagination={false}
        dataSource={data?.items ?? []}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noHistory')} /> }}
        columns={[
          { title: t('when'), width: 140, render: (_, { at }) => formatMoment(at) },
          ...(filter.section
            ? []
            : [
                {
                  title: t('sections'),
                  width: 130,
                  render: (_: unknown, { section }: HistoryItem) => {
                    const of = sectionOf(section as SectionKey);
                    return inLanguage({ zh: of.zhName, en: of.en }, language);
                  },
                },
              ]),
          {
            title: t('what'),
            render: (_, item) => <WhatChanged item={item} teacher={teacher} only={filter.indicator} />,
          },
          { title: t('who'), render: (_, { by }) => <Person by={by} /> },
          { title: t('via'), render: (_, item) => <Via item={item} /> },
          { title: t('reviewedBy'), render: (_, { reviews }) => <Reviews reviews={reviews} /> },
        ]}
      />
      {(cursors.length > 0 || data?.page.next) && (
        <Space className="record-more">
          <Button disabled={cursors.length === 0} onClick={() => setCursors((all) => all.slice(0, -1))}>
            {t('previous')}
          </Button>
          <Button
            disabled={!data?.page.next}
            onClick={() => setCursors((all) => [...all, ...(data?.page.next ? [data.page.next] : [])])}
          >
            {t('next')}
          </Button>
        </Space>
      )}
    </>
  );
}

interface WhatChangedProps {
  readonly item: HistoryItem;
  readonly teacher: TeacherView;
  readonly only: string | undefined;
}

function WhatChanged({ item, teacher, only }: WhatChangedProps) {
  const t = useWords(words);
  const language = useLanguage();
  if (item.what === 'removed') return <span>{t('rowGone')}</span>;
  const section = item.section as SectionKey;
  const category = teacher.category as Category;
  const keys = only ? item.changedKeys.filter((key) => key === only) : item.changedKeys;
  return (
    <ul className="record-changes">
      {keys.map((key) => (
        <li key={key}>
          {fieldLabel(section, key, category, language)}：
          {valueText(findIndicator(section, key), item.values[key], category) || t('emptied')}
        </li>
      ))}
    </ul>
  );
}

/** 信息管理员, as the console calls it everywhere. */
export function useRoleName(): (role: string) => string {
  const t = useWords(consoleWords);
  return (role) => t(`role_${role}` as ConsoleKey);
}

type Actor = HistoryItem['by'];

function Person({ by }: { readonly by: Actor }) {
  const roleName = useRoleName();
  return (
    <span>
      {by.name ?? by.accountId.slice(0, 8)}
      <br />
      <span className="record-quiet">
        {roleName(by.role)} {by.organisationName}
      </span>
    </span>
  );
}

function Via({ item: { via } }: { readonly item: HistoryItem }) {
  const t = useWords(words);
  if (via.kind !== 'import')
    return <span>{t(via.kind === 'api' ? 'viaApi' : via.kind === 'change' ? 'viaChange' : 'viaScreen')}</span>;
  const cells = Object.values((via.cells ?? {}) as Record<string, string>);
  return (
    <span>
      {t('viaImport')}
      <br />
      <span className="record-quiet">
        {t('viaCell', { sheet: via.sheet ?? '', cells: cells.slice(0, 6).join(' ') + (cells.length > 6 ? ' …' : '') })}
      </span>
    </span>
  );
}

function Reviews({ reviews }: { readonly reviews: HistoryItem['reviews'] }) {
  const t = useWords(words);
  const roleName = useRoleName();
  if (reviews.length === 0) return <span className="record-quiet">{t('notReviewed')}</span>;
  return (
    <ul className="record-changes">
      {reviews.map((review) => (
        <li key={`${review.submissionId} ${review.step} ${review.at}`}>
          {t(review.verdict === 'approve' ? 'approvedAt' : 'returnedAt', {
            step: t(review.step === 'school' ? 'bySchoolReview' : 'byAuthorityReview'),
          })}
          {` · ${review.by.name ?? roleName(review.by.role)} · ${formatMoment(review.at)}`}
        </li>
      ))}
    </ul>
  );
}
