import { findIndicator, sectionOf, type Category, type SectionKey } from '@shidang/catalogue';
import { formatMoment, inLanguage, StatusTag, useLanguage, useWords } from '@shidang/web-kit';
import { correctionStatus, useCorrections, type CorrectionView } from '@shidang/web-kit/record';
import { fieldLabel, valueText } from '@shidang/web-kit/section-form';
import { Link } from '@tanstack/react-router';
import { Empty, Radio, Table } from 'antd';
import { CursorPager, toFirstPage, useListPage } from '../../app/cursor-pager';
import { Problem } from '../../app/problem';
import { useUrlSearch } from '../../app/url-state';
import { AnswerCorrection } from './answer-correction';
import { words } from './words';

/** What teachers ask the school to correct: each is answered by a change application, or in words. */
export function CorrectionsPage() {
  const t = useWords(words);
  const [search, change] = useUrlSearch<'state'>();
  const { limit, cursor } = useListPage();
  const isOpen = search.state !== 'all';
  const filter = { limit, ...(cursor && { cursor }), ...(isOpen && { state: 'open' as const }) };
  const { data, error, isLoading, refetch } = useCorrections(filter);
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{t('lead')}</p>
      <Radio.Group
        aria-label={t('which')}
        optionType="button"
        value={isOpen ? 'open' : 'all'}
        onChange={({ target }) => change({ state: String(target.value), ...toFirstPage })}
        options={(['open', 'all'] as const).map((value) => ({ value, label: t(value) }))}
      />
      <Problem error={error} retry={() => void refetch()} />
      {(data || isLoading) && (
        <Corrections
          items={data?.items ?? []}
          isLoading={isLoading}
          none={isOpen ? `${t('none')}${'\u3000'}${t('noneNext')}` : t('noneEver')}
        />
      )}
      <CursorPager page={data?.page} />
    </>
  );
}

interface CorrectionsProps {
  readonly items: readonly CorrectionView[];
  readonly isLoading: boolean;
  readonly none: string;
}

function Corrections({ items, isLoading, none }: CorrectionsProps) {
  const t = useWords(words);
  const language = useLanguage();
  const textOf = (item: CorrectionView, value: unknown) => {
    const indicator = findIndicator(item.section as SectionKey, item.indicator);
    return valueText(indicator?.sensitive ? undefined : indicator, value, item.category as Category) || t('emptied');
  };
  const nameOf = ({ section, indicator, category }: CorrectionView) => {
    const of = sectionOf(section as SectionKey);
    const label = fieldLabel(of.key, indicator, category as Category, language);
    return [inLanguage({ zh: of.zhName, en: of.en }, language), label].join(' · ');
  };
  return (
    <Table<CorrectionView>
      rowKey="id"
      size="small"
      loading={isLoading}
      pagination={false}
      dataSource={[...items]}
      locale={{
        emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={none} />,
      }}
      columns={[
        { title: t('when'), width: 140, render: (_, { askedAt }) => formatMoment(askedAt) },
        {
          title: t('who'),
          render: (_, { teacherId, teacherName }) => <Link to={`/teachers/${teacherId}` as never}>{teacherName}</Link>,
        },
        { title: t('what'), render: (_, item) => nameOf(item) },
        { title: t('present'), render: (_, item) => textOf(item, item.presentValue) },
        {
          title: t('proposed'),
          render: (_, item) => (item.proposes ? textOf(item, item.proposedValue) : t('noProposal')),
        },
        { title: t('reason'), dataIndex: 'reason' },
        {
          title: t('state'),
          render: (_, item) => (
            <>
              <StatusTag status={correctionStatus(item)} /> {item.words}
            </>
          ),
        },
        {
          title: t('answer'),
          render: (_, item) => item.state === 'open' && <AnswerCorrection correction={item} what={nameOf(item)} />,
        },
      ]}
    />
  );
}
