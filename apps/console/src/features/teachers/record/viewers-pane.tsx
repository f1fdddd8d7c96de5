import { formatMoment, useLanguage, useWords } from '@shidang/web-kit';
import { usePurposeText } from '@shidang/web-kit/record';
import { catalogueWords, type CatalogueWords } from '@shidang/web-kit/review';
import { Button, Empty, Table } from 'antd';
import { useState } from 'react';
import { Problem } from '../../../app/problem';
import { useViewers, type TeacherView } from '../teachers-api';
import { words } from '../words';
import { useRoleName } from './history-table';

const partOf = ({ section, indicator }: { section?: string; indicator?: string }, say: CatalogueWords): string =>
  section && indicator ? say.part(`${section}.${indicator}`) : '';

/** Teachers see who looked at their sensitive values in full, and why. */
export function ViewersPane({ teacher }: { readonly teacher: TeacherView }) {
  const { id: teacherId } = teacher;
  const t = useWords(words);
  const purposeText = usePurposeText();
  const say = catalogueWords(teacher.category, useLanguage());
  const roleName = useRoleName();
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const { data, error, isLoading, refetch } = useViewers(teacherId, cursors.at(-1));
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  return (
    <>
      <Table
        rowKey={({ accountId, at }) => `${accountId} ${at}`}
        size="small"
        loading={isLoading}
        pagination={false}
        dataSource={data?.items ?? []}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noViewers')} /> }}
        columns={[
          { title: t('when'), width: 150, render: (_, { at }) => formatMoment(at) },
          {
            title: t('who'),
            render: (_, { name, role, organisationName }) =>
              [name, roleName(role), organisationName].filter(Boolean).join(' · '),
          },
          {
            title: t('lookedAt'),
            render: (_, item) => (item.indicator === 'personalCode' ? t('code') : partOf(item, say)),
          },
          { title: t('reason'), render: (_, { reason }) => purposeText(reason) },
        ]}
      />
      {data?.page.next && (
        <Button onClick={() => setCursors((all) => [...all, data.page.next ?? ''])}>{t('next')}</Button>
      )}
    </>
  );
}
