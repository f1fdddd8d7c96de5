import { daysSince, formatTime, useWords } from '@shidang/web-kit';
import type { CaseSummary } from '@shidang/web-kit/review';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { HomeTools } from '../../app/home-tools';
import { Icon } from '../../app/icon';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { Sheet } from '../../app/sheet';
import { approveAll, undoBatch, useReviewChanged, useToSend, useWaiting, type Batch } from './review-api';
import { reviewWords } from './review-words';
import { sampleOf } from './sample';
import { SampleCase } from './sample-case';
import { SendUpward } from './send-upward';

/** What a human has to look at: rule hits, what was mended, changes of what is in effect. */
const isException = ({ ruleHits, kind, shape }: CaseSummary): boolean =>
  ruleHits.length > 0 || kind === 'change' || shape.startsWith('*');

/** Job e: exceptions first, the rest with a sample, one submission upward with a receipt. */
export default function ReviewPage() {
  const t = useWords(reviewWords);
  const waiting = useWaiting();
  const { data: toSend } = useToSend();
  const [batch, setBatch] = useState<Batch>();
  const approved = (toSend?.page.total ?? 0) + (batch?.count ?? 0);
  return (
    <Sheet
      title={t('title')}
      tools={<HomeTools />}
      {...(approved > 0 && {
        bar: <SendUpward count={approved} batch={batch} onSent={() => setBatch(undefined)} />,
      })}
    >
      {batch && <Held batch={batch} onUndone={() => setBatch(undefined)} />}
      {waiting.data ? (
        <Waiting cases={waiting.data.items} onHeld={setBatch} />
      ) : waiting.error ? (
        <Problem error={waiting.error} retry={() => void waiting.refetch()} />
      ) : (
        <Loading />
      )}
      <ul className="rows">
        <li>
          <Link className="row" href="/receipts">
            <span>{t('receipts')}</span>
            <Icon name="next" />
          </Link>
        </li>
      </ul>
    </Sheet>
  );
}

function Held({ batch, onUndone }: { readonly batch: Batch; readonly onUndone: () => void }) {
  const t = useWords(reviewWords);
  const changed = useReviewChanged();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => undoBatch(batch.id),
    onSuccess: () => {
      onUndone();
      changed();
    },
  });
  return (
    <div className="note note-done" role="status">
      <p>{t('held', { count: batch.count, time: formatTime(batch.releaseAt) })}</p>
      {batch.skippedCount > 0 && <p>{t('skipped', { count: batch.skippedCount })}</p>}
      <Problem error={error} />
      <button className="link" disabled={isPending} onClick={() => mutate()}>
        {t('undo')}
      </button>
    </div>
  );
}

interface WaitingProps {
  readonly cases: readonly CaseSummary[];
  readonly onHeld: (batch: Batch) => void;
}

function Waiting({ cases, onHeld }: WaitingProps) {
  const t = useWords(reviewWords);
  const open = cases.filter(({ heldUntil }) => !heldUntil);
  const mine = open.filter(({ decidable }) => decidable);
  const exceptions = mine.filter(isException);
  const rest = mine.filter((each) => !isException(each));
  const others = open.filter(({ decidable }) => !decidable);
  if (open.length === 0)
    return (
      <div className="empty">
        <p>{t('nothing')}</p>
        <p>{t('nothingWhy')}</p>
      </div>
    );
  return (
    <>
      {exceptions.length > 0 && (
        <section>
          <h2>{t('exceptions', { count: exceptions.length })}</h2>
          <p className="quiet under-title">{t('exceptionsWhy')}</p>
          <ul className="rows">
            {exceptions.map((each) => (
              <CaseRow key={each.id} of={each} />
            ))}
          </ul>
        </section>
      )}
      {rest.length > 0 && (
        <Rest key={rest.map(({ id }) => id).join()} cases={rest} isAll={exceptions.length === 0} onHeld={onHeld} />
      )}
      {others.length > 0 && (
        <section>
          <h2>{t('others', { count: others.length })}</h2>
          <ul className="rows">
            {others.map((each) => (
              <CaseRow key={each.id} of={each} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Without a doubt: a sample in full view, then all of them with one tap. */
function Rest({ cases, isAll, onHeld }: WaitingProps & { readonly isAll: boolean }) {
  const t = useWords(reviewWords);
  const changed = useReviewChanged();
  const [sample] = useState(() => sampleOf(cases));
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => approveAll(cases),
    onSuccess: (batch) => {
      onHeld(batch);
      changed();
    },
  });
  return (
    <section>
      <h2>{t(isAll ? (cases.length === 1 ? 'restOne' : 'restAll') : 'rest', { count: cases.length })}</h2>
      <p className="quiet under-title">{`${t('sample', { count: sample.length })}：${t('sampleWhy')}`}</p>
      {sample.map((each) => (
        <SampleCase key={each.id} of={each} />
      ))}
      <Problem error={error} />
      <button className="button button-main button-wide" disabled={isPending} onClick={() => mutate()}>
        {t('approveRest', { count: cases.length })}
      </button>
    </section>
  );
}

function CaseRow({ of }: { readonly of: CaseSummary }) {
  const t = useWords(reviewWords);
  const days = daysSince(of.submittedAt);
  const said = [
    t(`kind_${of.kind}`),
    of.shape.startsWith('*') && t('mended'),
    of.ruleHits.length > 0 && t('hitCount', { count: of.ruleHits.length }),
    days > 0 && t('days', { count: days }),
  ].filter(Boolean);
  return (
    <li>
      <Link className="row" href={`/review/${of.id}`}>
        <span className="row-words">
          <span>{of.teacherName}</span>
          <span className={`row-state ${of.ruleHits.length > 0 ? 'row-returned' : 'row-quiet'}`}>
            {of.ruleHits.length > 0 && <Icon name="warn" />}
            {said.join(' · ')}
          </span>
        </span>
        <Icon name="next" />
      </Link>
    </li>
  );
}
