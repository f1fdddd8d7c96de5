import { formatMoment, useWords } from '@shidang/web-kit';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { Sheet } from '../../app/sheet';
import { useReceipts } from './review-api';
import { reviewWords } from './review-words';

/** 报送回执, the newest first. */
export default function ReceiptsPage() {
  const t = useWords(reviewWords);
  const { data, error } = useReceipts();
  return (
    <Sheet title={t('receipts')} back="/">
      {!data && (error ? <Problem error={error} /> : <Loading />)}
      {data?.items.map(({ receipt, count, sentAt, sentByName, contentHash }) => (
        <article key={receipt} className="card">
          <p className="receipt">{receipt}</p>
          <p>{t('sentTitle', { count })}</p>
          <p className="quiet">{[formatMoment(sentAt), sentByName].filter(Boolean).join(' · ')}</p>
          <p className="hash">{contentHash}</p>
        </article>
      ))}
    </Sheet>
  );
}
