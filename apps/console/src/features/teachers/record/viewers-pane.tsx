import { formatMoment, useWords } from '@shidang/web-kit';
import { Button, Empty, Table } from 'antd';
import { useState } from 'react';
import { Problem } from '../../../app/problem';
import { useViewers } from '../teachers-api';
import { words } from '../words';
import { useRoleName } from './history-table';

/** Teachers see who looked at their sensitive values in full, and why. */
export function ViewersPane({ teacherId }: { readonly teacherId: string }) {
  const t = useWords(words);
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
          { title: t('what'), render: (_, { reason }) => reason },
        ]}
      />
      {data?.page.next && (
        <Button onClick={() => setCursors((all) => [...all, data.page.next ?? ''])}>{t('next')}</Button>
      )}
    </>
  );
}
