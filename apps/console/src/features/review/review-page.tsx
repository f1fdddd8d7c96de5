import { RefusedByServer, useKeys, useSession, useWords } from '@shidang/web-kit';
import { firstView, views, type View, useMarks } from '@shidang/web-kit/review';
import { useNavigate } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { CaseContent } from './case-content';
import { CaseList } from './case-list';
import { DecisionPane } from './decision-pane';
import { GroupList } from './group-list';
import { OpenBatches, useOpenBatches } from './open-batches';
import { useReviewFilter, type CaseView } from './review-filter';
import './review.css';
import { SelectionBar } from './selection-bar';
import { ToSend } from './to-send';
import { isStale, useDecision } from './use-decision';
import { useOpenCase, useQueue, type Outcome } from './use-queue';
import { words } from './words';

/** What nobody could have read: a key that is held down must not approve a row of people. */
const readingMilliseconds = 300;

/** Three panes: whom, what, and the decision; worked through with the keyboard alone. */
export function ReviewPage() {
  const t = useWords(words);
  const { post } = useSession();
  const { filter, open: wanted, change } = useReviewFilter();
  const queue = useQueue(filter, wanted);
  const { open } = queue;
  const current = useOpenCase(open, queue.ahead);
  const marks = useMarks(open, (reason) => t(`say_${reason}`));
  const { decide, failed, forget } = useDecision(queue, marks.clear);
  const [view, setView] = useView(current.data);
  const rested = useRested(current.data?.id);
  const [warned, setWarned] = useState<string>();
  const sendReturn = useRef<HTMLButtonElement>(null);
  const toCase = (caseId: string | undefined) => change({ case: caseId }, { replace: true });

  const take = (of: CaseView, verdict: Outcome) => {
    const next = queue.nextWaiting();
    decide({ of, verdict, ...(verdict === 'return' ? { marks: marks.marks.map(({ mark }) => mark) } : {}) });
    if (next) toCase(next.id);
  };
  const decidable = (): CaseView | undefined => {
    const of = current.data;
    return of && of.id === open && of.decidable && rested && !queue.decided.has(of.id) ? of : undefined;
  };
  const approve = () => {
    const of = decidable();
    if (!of || marks.marks.length > 0 || !of.submission.hashHolds) return;
    const serious = of.submission.ruleHits.some(({ severity }) => severity === 'serious');
    if (serious && warned !== of.id) return setWarned(of.id);
    take(of, 'approve');
  };
  /** From the keyboard the first R leads to the button that names how many are marked; Enter there sends. */
  const askReturn = () => {
    if (marks.marks.length === 0) focusField(0);
    else sendReturn.current?.focus();
  };
  const sendNow = () => {
    const of = decidable();
    if (of && marks.marks.length > 0) take(of, 'return');
    else askReturn();
  };
  useReviewKeys({
    next: () => toCase(queue.neighbour(1)?.id ?? open),
    previous: () => toCase(queue.neighbour(-1)?.id ?? open),
    approve,
    askReturn,
    nextView: () => setView(views[(views.indexOf(view) + 1) % views.length]!),
  });

  return (
    <div className="review-page">
      <div className="review-bar">
        <h1>{t('title')}</h1>
        {post.tier === 'school' && <ToSend />}
        <SelectionBar filter={filter} total={queue.waiting} />
      </div>
      <OpenBatches />
      {failed.map(({ caseId, name, error }) => (
        <Failure key={caseId} name={name} error={error} onLook={() => (forget(caseId), toCase(caseId))} />
      ))}
      <div className="review-panes">
        <div className="review-left">
          <GroupList />
          <CaseList queue={queue} open={open} onOpen={toCase} />
        </div>
        <div className="review-middle" aria-live="polite" aria-busy={current.isFetching}>
          <Problem error={current.error} retry={() => void current.refetch()} />
          {open && current.isPending && <Loading />}
          {current.data && <CaseContent of={current.data} view={view} onView={setView} marks={marks} />}
        </div>
        <div className="review-right">
          {current.data && (
            <DecisionPane
              of={outcomeShown(current.data, queue.decided)}
              marks={marks}
              warned={warned === current.data.id}
              ready={rested}
              onApprove={approve}
              onReturn={sendNow}
              sendReturn={sendReturn}
            />
          )}
        </div>
      </div>
    </div>
  );
}

/** Decided a moment ago and on its way: not decided twice. */
const outcomeShown = (of: CaseView, decided: ReadonlyMap<string, Outcome>): CaseView =>
  decided.has(of.id) ? { ...of, decidable: false } : of;

function Failure({
  name,
  error,
  onLook,
}: {
  readonly name: string;
  readonly error: unknown;
  readonly onLook: () => void;
}) {
  const t = useWords(words);
  const detail = error instanceof RefusedByServer ? error.problem.detail : '';
  return isStale(error) ? (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t('failedFor', { name, detail })}
      action={<Button onClick={onLook}>{t('lookAgain')}</Button>}
    />
  ) : (
    <Problem error={error} retry={onLook} />
  );
}

/** Which view a case is opened with is the case's own; a choice holds until the next. */
function useView(of: CaseView | undefined): [View, (view: View) => void] {
  const [chosen, setChosen] = useState<{ caseId: string; view: View }>();
  if (!of) return ['changed', () => undefined];
  const view = chosen?.caseId === of.id ? chosen.view : firstView(of);
  return [view, (next) => setChosen({ caseId: of.id, view: next })];
}

/** Whether the case has been in sight long enough to be decided. */
function useRested(caseId: string | undefined): boolean {
  const [rested, setRested] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setRested(caseId), readingMilliseconds);
    return () => clearTimeout(timer);
  }, [caseId]);
  return caseId !== undefined && rested === caseId;
}

function focusField(step: number): void {
  const fields = [...document.querySelectorAll<HTMLButtonElement>('.review-field:not(:disabled)')];
  const at = fields.findIndex((field) => field === document.activeElement);
  const next = step === 0 ? Math.max(at, 0) : Math.min(Math.max(at + step, 0), fields.length - 1);
  fields[next]?.focus();
}

function useReviewKeys(act: {
  next: () => void;
  previous: () => void;
  approve: () => void;
  askReturn: () => void;
  nextView: () => void;
}): void {
  const t = useWords(words);
  const navigate = useNavigate();
  const { latest } = useOpenBatches();
  const markFocused = () => {
    const field = document.activeElement;
    if (field instanceof HTMLButtonElement && field.classList.contains('review-field')) field.click();
    else focusField(0);
  };
  useKeys([
    { keys: 'J', label: t('keyNext'), run: act.next },
    { keys: 'K', label: t('keyPrevious'), run: act.previous },
    { keys: 'A', label: t('keyApprove'), run: act.approve },
    { keys: 'R', label: t('keyReturn'), run: act.askReturn },
    { keys: 'F', label: t('keyMark'), run: markFocused },
    { keys: 'ArrowDown', label: t('keyField'), run: () => focusField(1) },
    { keys: 'ArrowUp', label: t('keyField'), run: () => focusField(-1) },
    { keys: 'V', label: t('keyView'), run: act.nextView },
    {
      keys: 'U',
      label: t('keyUndo'),
      run: () => latest && void navigate({ to: '/review-batches/$batchId', params: { batchId: latest.id } as never }),
    },
  ]);
}
