import { formatMoment, formatTime, useLanguage, useWords } from '@shidang/web-kit';
import { catalogueWords, reasons, type Marks, type Reason } from '@shidang/web-kit/review';
import { Alert, Button, Input, Select } from 'antd';
import type { RefObject } from 'react';
import { words as consoleWords } from '../../app/words';
import type { CaseView } from './review-filter';
import { words } from './words';

interface DecisionPaneProps {
  readonly of: CaseView;
  readonly marks: Marks;
  /** Approving was asked once, in spite of serious hits. */
  readonly warned: boolean;
  /** In sight long enough to be decided. */
  readonly ready: boolean;
  readonly onApprove: () => void;
  readonly onReturn: () => void;
  readonly sendReturn: RefObject<HTMLButtonElement | null>;
}

/** One's decision, and everybody's before. */
export function DecisionPane({ of, marks, warned, ready, onApprove, onReturn, sendReturn }: DecisionPaneProps) {
  const t = useWords(words);
  const canReturn = marks.marks.length > 0 && marks.marks.every(({ mark }) => mark.words.trim().length >= 2);
  return (
    <section className="review-decision" aria-label={t('decision')} data-ready={ready ? of.id : undefined}>
      <Claim of={of} />
      {of.decidable ? (
        <>
          <div className="review-verdicts">
            <Button
              type="primary"
              onClick={onApprove}
              disabled={!of.submission.hashHolds || marks.marks.length > 0}
              danger={warned}
              // not `disabled`: who works with the keyboard keeps the focus
              aria-disabled={!ready}
              aria-keyshortcuts="A"
            >
              {warned ? t('approveAnyway') : t('approve')} <kbd>A</kbd>
            </Button>
            <Button
              ref={sendReturn}
              danger
              onClick={onReturn}
              disabled={marks.marks.length > 0 && !canReturn}
              aria-disabled={!ready}
            >
              {marks.marks.length === 0 ? t('return') : t('sendReturn', { count: marks.marks.length })} <kbd>R</kbd>
            </Button>
          </div>
          {marks.marks.length === 0 ? <p className="review-hint">{t('markFirst')}</p> : <MarkList marks={marks} />}
        </>
      ) : (
        <WhyNot of={of} />
      )}
      <History title={t('earlier')} of={of} decisions={of.earlier} />
      <History title={t('history')} of={of} decisions={of.decisions} />
    </section>
  );
}

function Claim({ of: { claimedBy } }: { readonly of: CaseView }) {
  const t = useWords(words);
  if (!claimedBy || claimedBy.mine) return null;
  return <Alert type="warning" showIcon title={t('readingNow', { name: claimedBy.name ?? t('aColleague') })} />;
}

function WhyNot({ of }: { readonly of: CaseView }) {
  const t = useWords(words);
  const ct = useWords(consoleWords);
  const who = [of.turnOrganisationName ?? of.turnOrganisation, of.turnRole && ct(`role_${of.turnRole}`)]
    .filter(Boolean)
    .join(' · ');
  const why = of.heldUntil
    ? t('heldUntil', { time: formatTime(of.heldUntil) })
    : who === ''
      ? undefined
      : t('turnElsewhere', { who });
  return <Alert type="info" showIcon title={t('notYours')} description={why ?? t('ownContent')} />;
}

function MarkList({ marks }: { readonly marks: Marks }) {
  const t = useWords(words);
  return (
    <section className="review-marks" aria-label={t('marks')}>
      <h3>{t('marks')}</h3>
      {marks.marks.map(({ id, label, mark }) => (
        <div key={id} className="review-mark">
          <span className="review-mark-head">
            <b>{label}</b>
            <Button
              size="small"
              type="text"
              onClick={() => marks.remove(id)}
              aria-label={t('unmark', { field: label })}
            >
              {'×'}
            </Button>
          </span>
          <Select
            aria-label={`${t('reason')} ${label}`}
            value={mark.reason}
            onChange={(reason: Reason) => marks.setReason(id, reason)}
            options={reasons.map((reason) => ({ value: reason, label: t(`reason_${reason}`) }))}
          />
          <Input.TextArea
            aria-label={t('wordsFor', { field: label })}
            value={mark.words}
            maxLength={500}
            autoSize={{ minRows: 2, maxRows: 5 }}
            onChange={(event) => marks.setWords(id, event.target.value)}
          />
        </div>
      ))}
    </section>
  );
}

function History({
  title,
  of,
  decisions,
}: {
  readonly title: string;
  readonly of: CaseView;
  readonly decisions: CaseView['decisions'];
}) {
  const t = useWords(words);
  const ct = useWords(consoleWords);
  const language = useLanguage();
  if (decisions.length === 0) return null;
  const say = catalogueWords(of.category, language);
  return (
    <section className="review-history" aria-label={title}>
      <h3>{title}</h3>
      <ol>
        {decisions.map((decision) => (
          <li key={decision.decidedAt}>
            <b>
              {t(`step_${decision.step}`)} {t(`verdict_${decision.verdict}`)}
            </b>
            <span>
              {[decision.organisationName ?? decision.organisation, ct(`role_${decision.role}`), decision.accountName]
                .filter(Boolean)
                .join(' · ')}
            </span>
            <small>{formatMoment(decision.decidedAt)}</small>
            {decision.marks.map((mark) => (
              <p key={`${mark.section} ${mark.entryId ?? ''} ${mark.indicator ?? ''}`}>
                {say.part(mark.indicator ? `${mark.section}.${mark.indicator}` : mark.section)}{' '}
                {t(`reason_${mark.reason}`)}
                {'：'}
                {mark.words}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}
