import { findIndicator, findSection, type Category, type SectionKey } from '@shidang/catalogue';
import { formatMoment, inLanguage, useLanguage, useWords } from '@shidang/web-kit';
import { useHistory, useTeacher, type HistoryItem } from '@shidang/web-kit/record';
import { fieldLabel, valueText } from '@shidang/web-kit/section-form';
import { useState } from 'react';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { Sheet } from '../../app/sheet';
import { words } from '../../app/words';
import { useOwnRecordId } from '../record/own-record';
import { historyWords } from './history-words';

/** Every value with who entered it, how, and who reviewed it; the newest first. */
export default function HistoryPage() {
  const t = useWords(historyWords);
  const teacherId = useOwnRecordId() ?? '';
  const { data: teacher } = useTeacher(teacherId);
  const [cursor, setCursor] = useState<string>();
  const { data, error } = useHistory(teacherId, cursor ? { cursor } : {});
  return (
    <Sheet title={t('title')} back="/account">
      {!data && (error ? <Problem error={error} /> : <Loading />)}
      {data?.items.length === 0 && <p className="empty">{t('none')}</p>}
      {teacher && data?.items.map((item) => <Item key={item.id} item={item} category={teacher.category as Category} />)}
      {data?.page.next && (
        <button className="button button-wide" onClick={() => setCursor(data.page.next)}>
          {t('more')}
        </button>
      )}
    </Sheet>
  );
}

const whoIs = ({ name, organisationName }: HistoryItem['by'], role: string): string =>
  [name ?? organisationName, role].filter(Boolean).join(' · ');

function Item({ item, category }: { readonly item: HistoryItem; readonly category: Category }) {
  const t = useWords(historyWords);
  const m = useWords(words);
  const language = useLanguage();
  const section = findSection(item.section);
  const roleOf = ({ role }: { role: string }) => m(`role_${role as 'teacher'}`);
  const textOf = (key: string) => {
    const indicator = findIndicator(item.section as SectionKey, key);
    return valueText(indicator?.sensitive ? undefined : indicator, item.values[key], category);
  };
  return (
    <article className="card">
      <p className="card-title">
        {section ? inLanguage({ zh: section.zhName, en: section.en }, language) : item.section}
      </p>
      <p className="quiet">
        {[formatMoment(item.at), whoIs(item.by, roleOf(item.by)), t(`via_${item.via.kind}`)].join(' · ')}
      </p>
      {item.what === 'removed' && <p>{t('removed')}</p>}
      <dl className="facts">
        {item.changedKeys
          .filter((key) => textOf(key) !== '')
          .map((key) => (
            <div key={key}>
              <dt>{fieldLabel(item.section as SectionKey, key, category, language)}</dt>
              <dd>{textOf(key)}</dd>
            </div>
          ))}
      </dl>
      {item.reviews.map((review) => (
        <p key={`${review.submissionId} ${review.step} ${review.at}`} className="quiet">
          {t('reviewed', {
            step: t(`step_${review.step}`),
            verdict: t(`verdict_${review.verdict}`),
            who: whoIs(review.by, roleOf(review.by)),
            at: formatMoment(review.at),
          })}
        </p>
      ))}
    </article>
  );
}
