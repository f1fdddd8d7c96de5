import { answer, api, formatMoment, formatTime, StatusTag, useLanguage, useWords } from '@shidang/web-kit';
import {
  blocksOf,
  catalogueWords,
  firstView,
  isMarkable,
  useMarks,
  views,
  type CaseView,
  type EntryBlock,
  type FieldRow,
  type Marks,
  type View,
} from '@shidang/web-kit/review';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { Dialog } from '../../app/dialog';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { Sheet } from '../../app/sheet';
import { MarkList } from './mark-list';
import { useCase, useReviewChanged } from './review-api';
import { reviewWords } from './review-words';
import { RuleHits } from './rule-hits';

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
      {marking && <MarkList marks={marks} />}
      {of.submission.changes.length === 0 && (compared || mended) && (
        <div className="choices">
          {choices.map((each) => (
            <button key={each} className="button" aria-pressed={each === view} onClick={() => setView(each)}>
              {t(viewWord[each])}
            </button>
          ))}
        </div>
      )}
      <Blocks blocks={blocks} of={of} marks={marking ? marks : undefined} />
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

interface BlocksProps {
  readonly blocks: readonly EntryBlock[];
  readonly of: CaseView;
  /** Absent: nothing is marked now, values are text. */
  readonly marks: Marks | undefined;
}

function Blocks({ blocks, of, marks }: BlocksProps) {
  const language = useLanguage();
  const say = catalogueWords(of.category, language);
  const sections = [...new Set(blocks.map(({ section }) => section))];
  return sections.map((section) => (
    <section key={section}>
      <h2>{say.section(section)}</h2>
      {blocks
        .filter((each) => each.section === section)
        .map((block) => (
          <div key={block.entryId} className="card review-block">
            {block.fields.map((field) => (
              <Value key={field.id} field={field} marks={marks} />
            ))}
          </div>
        ))}
    </section>
  ));
}

function Value({ field, marks }: { readonly field: FieldRow; readonly marks: Marks | undefined }) {
  const inside = <Said field={field} />;
  if (!marks || !isMarkable(field)) return <div className="review-value">{inside}</div>;
  return (
    <button
      type="button"
      className="review-value"
      aria-pressed={marks.isMarked(field.id)}
      onClick={() => marks.toggle(field)}
    >
      {inside}
    </button>
  );
}

function Said({ field }: { readonly field: FieldRow }) {
  const t = useWords(reviewWords);
  const compared = field.was !== undefined && field.was !== field.is;
  return (
    <>
      <span className="quiet">{field.label}</span>
      <span>
        {compared && <del aria-label={t('old')}>{field.was || t('empty')}</del>}{' '}
        {compared ? <ins aria-label={t('new')}>{field.is || t('empty')}</ins> : field.is}
      </span>
      {field.saidBefore && <span className="mark">{t('markedBefore', { words: field.saidBefore })}</span>}
      {field.mendedSince && <span className="row-done">{t('mendedSince')}</span>}
    </>
  );
}

interface VerdictProps {
  readonly of: CaseView;
  readonly marks: Marks;
  readonly marking: boolean;
  readonly setMarking: (marking: boolean) => void;
}

/** Approve, or mark and return; with rule hits approving is asked once more. */
function Verdict({ of, marks, marking, setMarking }: VerdictProps) {
  const t = useWords(reviewWords);
  const [, navigate] = useLocation();
  const changed = useReviewChanged();
  const [asked, setAsked] = useState(false);
  const count = marks.marks.length;
  const { mutate, isPending, error } = useMutation({
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
  const risky = of.submission.ruleHits.some(({ severity }) => severity === 'serious');
  const isSaid = marks.marks.every(({ mark }) => mark.words.trim().length >= 2);
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
            disabled={count === 0 || !isSaid || isPending}
            onClick={() => mutate('return')}
          >
            {t('sendReturn', { count })}
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
            onClick={() => (risky ? setAsked(true) : mutate('approve'))}
          >
            {t('approve')}
          </button>
        </>
      )}
      {asked && (
        <Dialog title={t('approveAsk')} onClose={() => setAsked(false)}>
          <RuleHits of={of} />
          <button className="button button-main button-wide" disabled={isPending} onClick={() => mutate('approve')}>
            {t('approve')}
          </button>
          <button className="button button-wide" onClick={() => setAsked(false)}>
            {t('cancel')}
          </button>
        </Dialog>
      )}
    </>
  );
}
