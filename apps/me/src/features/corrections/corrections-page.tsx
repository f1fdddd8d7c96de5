import { findIndicator, sectionOf, type Category, type SectionKey } from '@shidang/catalogue';
import { formatMoment, inLanguage, StatusTag, useLanguage, useWords } from '@shidang/web-kit';
import { correctionStatus, useCorrections, type CorrectionView } from '@shidang/web-kit/record';
import { fieldLabel, valueText } from '@shidang/web-kit/section-form';
import { useState } from 'react';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { Sheet } from '../../app/sheet';
import { useOwnRecordId } from '../record/own-record';
import { correctionsWords } from './corrections-words';

/** What was asked of the school, and what became of it. */
export default function CorrectionsPage() {
  const t = useWords(correctionsWords);
  const teacherId = useOwnRecordId() ?? '';
  const [cursor, setCursor] = useState<string>();
  const { data, error, refetch } = useCorrections({ teacherId, ...(cursor && { cursor }) });
  return (
    <Sheet title={t('title')} back="/account">
      {!data && (error ? <Problem error={error} retry={() => void refetch()} /> : <Loading />)}
      {data?.items.length === 0 && (
        <div className="empty">
          <p>{t('none')}</p>
          <p>{t('noneNext')}</p>
        </div>
      )}
      {data?.items.map((item) => (
        <Item key={item.id} item={item} />
      ))}
      {data?.page.next && (
        <button className="button button-wide" onClick={() => setCursor(data.page.next)}>
          {t('more')}
        </button>
      )}
    </Sheet>
  );
}

function Item({ item }: { readonly item: CorrectionView }) {
  const t = useWords(correctionsWords);
  const language = useLanguage();
  const section = sectionOf(item.section as SectionKey);
  const category = item.category as Category;
  const indicator = findIndicator(section.key, item.indicator);
  const textOf = (value: unknown) =>
    valueText(indicator?.sensitive ? undefined : indicator, value, category) || t('empty');
  const name = inLanguage({ zh: section.zhName, en: section.en }, language);
  return (
    <article className="card">
      <p className="card-title">{`${name} · ${fieldLabel(section.key, item.indicator, category, language)}`}</p>
      <StatusTag status={correctionStatus(item)} />
      {item.words && <p>{t('schoolSays', { words: item.words })}</p>}
      <p>{t('present', { value: textOf(item.presentValue) })}</p>
      {item.proposes && <p>{t('proposed', { value: textOf(item.proposedValue) })}</p>}
      <p className="quiet">{t('reason', { reason: item.reason })}</p>
      <p className="quiet">{formatMoment(item.askedAt)}</p>
    </article>
  );
}
