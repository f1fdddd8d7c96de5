import { findIndicator, sectionOf, type Category, type SectionKey } from '@shidang/catalogue';
import { formatMoment, inLanguage, StatusTag, useLanguage, useWords } from '@shidang/web-kit';
import { fieldLabel, valueText } from '@shidang/web-kit/section-form';
import { Empty, Table } from 'antd';
import { Problem } from '../../../app/problem';
import { useChangeRequests, type ChangeRequestView, type TeacherView } from '../teachers-api';
import { words } from '../words';

/** 工作方案 五(五): what was asked to change, old and new, and where each stands. */
export function ChangeList({ teacher }: { readonly teacher: TeacherView }) {
  const t = useWords(words);
  const language = useLanguage();
  const category = teacher.category as Category;
  const { data, error, isLoading, refetch } = useChangeRequests(teacher.id);
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  const textOf = (item: ChangeRequestView, value: unknown) => {
    const indicator = findIndicator(item.section as SectionKey, item.indicator);
    return valueText(indicator?.sensitive ? undefined : indicator, value, category) || t('emptied');
  };
  return (
    <Table<ChangeRequestView>
      rowKey="id"
      size="small"
      loading={isLoading}
      pagination={false}
      dataSource={data?.items ?? []}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noChanges')} /> }}
      columns={[
        { title: t('when'), width: 140, render: (_, { requestedAt }) => formatMoment(requestedAt) },
        {
          title: t('what'),
          render: (_, item) => {
            const of = sectionOf(item.section as SectionKey);
            const section = inLanguage({ zh: of.zhName, en: of.en }, language);
            return `${section} · ${fieldLabel(of.key, item.indicator, category, language)}`;
          },
        },
        { title: t('oldValue'), render: (_, item) => textOf(item, item.oldValue) },
        { title: t('newValue'), render: (_, item) => textOf(item, item.newValue) },
        { title: t('reason'), render: (_, { reason, evidence }) => [reason, ...evidence].join(' · ') },
        { title: t('state'), render: (_, { state, caseStage }) => <StatusTag status={caseStage ?? state} /> },
      ]}
    />
  );
}
