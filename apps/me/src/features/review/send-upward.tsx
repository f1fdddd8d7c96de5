import { useWords } from '@shidang/web-kit';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../../app/dialog';
import { Problem } from '../../app/problem';
import { releaseAndSend, useReviewChanged, type Batch } from './review-api';
import { reviewWords } from './review-words';

interface SendUpwardProps {
  readonly count: number;
  /** Approved just now and still held: it counts when it is sent. */
  readonly batch: Batch | undefined;
  readonly onSent: () => void;
}

/** 报送: what cannot be taken back is asked once, with its count; the answer is a receipt. */
export function SendUpward({ count, batch, onSent }: SendUpwardProps) {
  const t = useWords(reviewWords);
  const changed = useReviewChanged();
  const [asked, setAsked] = useState(false);
  const { mutate, isPending, error, data, reset } = useMutation({ mutationFn: () => releaseAndSend(batch) });
  const close = () => {
    setAsked(false);
    reset();
    if (!data) return;
    onSent();
    changed();
  };
  return (
    <>
      <button className="button button-main" onClick={() => setAsked(true)}>
        {t('send', { count })}
      </button>
      {asked && !data && (
        <Dialog title={t('sendTitle', { count })} onClose={close}>
          <p>{t('sendLead')}</p>
          {batch && <p>{t('sendEndsUndo', { count: batch.count })}</p>}
          <Problem error={error} />
          <button className="button button-main button-wide" disabled={isPending} onClick={() => mutate()}>
            {t('sendNow')}
          </button>
          <button className="button button-wide" disabled={isPending} onClick={close}>
            {t('cancel')}
          </button>
        </Dialog>
      )}
      {asked && data && (
        <Dialog title={t('sentTitle', { count: data.count })} onClose={close}>
          <p className="quiet">{t('receiptWhat')}</p>
          <p className="receipt">{data.receipt}</p>
          <p className="quiet">{t('hashWhat')}</p>
          <p className="hash">{data.contentHash}</p>
          <button className="button button-main button-wide" onClick={close}>
            {t('goOn')}
          </button>
        </Dialog>
      )}
    </>
  );
}
