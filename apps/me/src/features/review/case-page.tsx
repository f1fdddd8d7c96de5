import { formatMoment, formatTime, StatusTag, useLanguage, useWords } from '@shidang/web-kit';
import {
  blocksOf,
  catalogueWords,
  firstView,
  useMarks,
  views,
  type CaseView,
  type View,
} from '@shidang/web-kit/review';
import { useState } from 'react';
import { useParams } from 'wouter';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { Sheet } from '../../app/sheet';
import { CaseDocument, CaseValues } from './case-values';
import { useCase } from './review-api';
import { reviewWords } from './review-words';
import { RuleHits } from './rule-hits';
import { Verdict } from './verdict';

/** One case: what is odd first, what changed, a verdict bound to what was seen. */
export default function CasePage() {
  const { caseId = '' } = useParams<{ caseId: string }>();
  const t = useWords(reviewWords);
  const { data, error, refetch } = useCase(caseId);
  if (data) return <Case key={data.etag} of={data} />;
  return (
    <Sheet title={t('title')} back="/">
      {error ? <Problem error={error} retry={() => void refetch()} /> : <Loading />}
    </Sheet>
  );
}

const viewWord = { changed: 'changedOnly', mended: 'mendedOnly', all: 'allFields' } as const;

function Case({ of }: { readonly of: CaseView }) {
  const t = useWords(reviewWords);
  const language = useLanguage();
  const [view, setView] = useState<View>(() => firstView(of));
  const marks = useMarks(of.id, (reason) => t(`say_${reason}`));
  const [marking, setMarking] = useState(marks.marks.length > 0);
  const blocks = blocksOf(view, of, catalogueWords(of.category, language));
  const mended = of.submission.entries.some(({ changedSinceLast }) => changedSinceLast.length > 0);
  // a first record has nothing to be compared with but its own return
  const compared = of.kind !== 'first';
  const choices = views.filter((each) => (each === 'mended' ? mended : each !== 'changed' || compared));
  return (
    <Sheet
      title={of.teacherName ?? of.submission.teacher.name}
      back="/"
      {...(of.decidable && { bar: <Verdict of={of} marks={marks} marking={marking} setMarking={setMarking} /> })}
    >
      <p className="quiet">{`${t(`kind_${of.kind}`)} · ${t('submittedAt')} ${formatMoment(of.submittedAt)}`}</p>
      {!of.submission.hashHolds && <p className="note note-error">{t('hashBroken')}</p>}
      {!of.decidable && <NotMine of={of} />}
      <RuleHits of={of} />
      {of.submission.changes.map(({ changeRequestId, reason, evidence }) => (
        <p key={changeRequestId} className="card">
          {`${t('changeReason')} ${reason} `}
          {evidence.length > 0 && t('evidence', { count: evidence.length })}
        </p>
      ))}
      {marking && <p className="note">{t('markLead')}</p>}
      {of.submission.changes.length === 0 && (compared || mended) && (
        <div className="choices">
          {choices.map((each) => (
            <button key={each} className="button" aria-pressed={each === view} onClick={() => setView(each)}>
              {t(viewWord[each])}
            </button>
          ))}
        </div>
      )}
      <CaseDocument of={of} />
      <CaseValues blocks={blocks} of={of} marks={marking ? marks : undefined} />
    </Sheet>
  );
}

/** Why there is nothing to decide: it waits in a batch, has moved on (perhaps on another phone), or is another reviewer's. */
function NotMine({ of }: { readonly of: CaseView }) {
  const t = useWords(reviewWords);
  if (of.heldUntil) return <p className="note">{t('heldUntil', { time: formatTime(of.heldUntil) })}</p>;
  if (of.stage === 'school-review') return <p className="note">{t('ownContent')}</p>;
  return (
    <p className="note" role="status">
      {t('movedOn')} <StatusTag status={of.stage} />
    </p>
  );
}
