import { useWords } from '@shidang/web-kit';
import { useWithdrawal } from '@shidang/web-kit/record';
import { useState } from 'react';
import { Dialog } from '../../app/dialog';
import { Problem } from '../../app/problem';
import { words } from '../../app/words';
import { submissionWords } from './submission-words';

/** Taking a submission back, while nobody has opened it. */
export function Withdraw({ teacherId }: { readonly teacherId: string }) {
  const t = useWords(submissionWords);
  const m = useWords(words);
  const [asked, setAsked] = useState(false);
  const { mutate, isPending, error } = useWithdrawal(teacherId, () => setAsked(false));
  return (
    <>
      <button className="button" onClick={() => setAsked(true)}>
        {t('withdraw')}
      </button>
      {asked && (
        <Dialog title={t('withdraw')} onClose={() => setAsked(false)}>
          <p>{t('withdrawLead')}</p>
          <Problem error={error} />
          <button className="button button-main button-wide" disabled={isPending} onClick={() => mutate()}>
            {t(isPending ? 'withdrawing' : 'withdraw')}
          </button>
          <button className="button button-wide" onClick={() => setAsked(false)}>
            {m('cancel')}
          </button>
        </Dialog>
      )}
    </>
  );
}
