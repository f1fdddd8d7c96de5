import { answer, api, useWords } from '@shidang/web-kit';
import type { CaseView, Marks } from '@shidang/web-kit/review';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { Dialog } from '../../app/dialog';
import { Problem } from '../../app/problem';
import { isSaid } from './mark-form';
import { useReviewChanged } from './review-api';
import { reviewWords } from './review-words';
import { RuleHits } from './rule-hits';

interface VerdictProps {
  readonly of: CaseView;
  readonly marks: Marks;
  readonly marking: boolean;
  readonly setMarking: (marking: boolean) => void;
}

function useDecision(of: CaseView, marks: Marks) {
  const [, navigate] = useLocation();
  const changed = useReviewChanged();
  return useMutation({
    mutationFn: (verdict: 'approve' | 'return') =>
      answer(
        api.POST('/api/v1/review-cases/{caseId}/decision', {
          params: { path: { caseId: of.id }, header: { 'If-Match': `"${of.etag}"` } },
          body: {
            verdict,
            contentHash: of.contentHash,
            ...(verdict === 'return' && { marks: marks.marks.map(({ mark }) => mark) }),
          },
        }),
      ),
    onSuccess: () => {
      marks.clear(of.id);
      changed();
      navigate('/', { replace: true });
    },
    onError: () => changed(),
  });
}

/** Approve, or mark and return; a return is read once more as the filler will read it, rule hits before approving. */
export function Verdict({ of, marks, marking, setMarking }: VerdictProps) {
  const t = useWords(reviewWords);
  const [asked, setAsked] = useState<'approve' | 'return'>();
  const { mutate, isPending, error } = useDecision(of, marks);
  const count = marks.marks.length;
  const risky = of.submission.ruleHits.some(({ severity }) => severity === 'serious');
  const close = () => setAsked(undefined);
  return (
    <>
      <Problem error={error} />
      {marking ? (
        <>
          <button className="button" onClick={() => setMarking(false)}>
            {t('markStop')}
          </button>
          <button
            className="button button-danger"
            disabled={count === 0 || !marks.marks.every(isSaid) || isPending}
            onClick={() => setAsked('return')}
          >
            {t('returnNow', { count })}
          </button>
        </>
      ) : (
        <>
          <button className="button" onClick={() => setMarking(true)}>
            {t('mark')}
          </button>
          <button
            className="button button-main"
            disabled={isPending || !of.submission.hashHolds}
            onClick={() => (risky ? setAsked('approve') : mutate('approve'))}
          >
            {t('approve')}
          </button>
        </>
      )}
      {asked === 'approve' && (
        <Dialog title={t('approveAsk')} onClose={close}>
          <RuleHits of={of} />
          <button className="button button-main button-wide" disabled={isPending} onClick={() => mutate('approve')}>
            {t('approve')}
          </button>
          <button className="button button-wide" onClick={close}>
            {t('cancel')}
          </button>
        </Dialog>
      )}
      {asked === 'return' && (
        <Dialog title={t('returnAsk', { name: of.teacherName ?? of.submission.teacher.name })} onClose={close}>
          <p className="quiet">{t('returnLead')}</p>
          <dl className="facts returning">
            {marks.marks.map(({ id, label, mark }) => (
              <div key={id}>
                <dt>{label}</dt>
                <dd>{t('markSaid', { reason: t(`reason_${mark.reason}`), words: mark.words })}</dd>
              </div>
            ))}
          </dl>
          <Problem error={error} />
          <button className="button button-danger button-wide" disabled={isPending} onClick={() => mutate('return')}>
            {t('sendReturn', { count })}
          </button>
          <button className="button button-wide" disabled={isPending} onClick={close}>
            {t('returnBack')}
          </button>
        </Dialog>
      )}
    </>
  );
}
