import { formatMoment, useWords } from '@shidang/web-kit';
import { useViewers } from '@shidang/web-kit/record';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { Sheet } from '../../app/sheet';
import { words } from '../../app/words';
import { useOwnRecordId } from '../record/own-record';
import { historyWords } from './history-words';

/** Teachers see who looked at their record, and why. */
export default function ViewersPage() {
  const t = useWords(historyWords);
  const m = useWords(words);
  const teacherId = useOwnRecordId() ?? '';
  const { data, error } = useViewers(teacherId);
  return (
    <Sheet title={t('viewers')} back="/account">
      <p className="note">{t('viewersLead')}</p>
      {!data && (error ? <Problem error={error} /> : <Loading />)}
      {data?.items.length === 0 && <p className="empty">{t('nobody')}</p>}
      {data?.items.map((item) => (
        <article key={`${item.accountId} ${item.at}`} className="card">
          <p className="card-title">
            {[item.name, item.organisationName, m(`role_${item.role as 'teacher'}`)].filter(Boolean).join(' · ')}
          </p>
          <p>{t('why', { reason: item.reason })}</p>
          <p className="quiet">{formatMoment(item.at)}</p>
        </article>
      ))}
    </Sheet>
  );
}
