import { formatMoment, StatusTag, useLanguage, useWords } from '@shidang/web-kit';
import {
  blocksOf,
  isMarkable,
  views,
  type EntryBlock,
  type FieldRow,
  type View,
  catalogueWords,
  type Marks,
} from '@shidang/web-kit/review';
import { Alert, Segmented } from 'antd';
import type { CaseView } from './review-filter';
import { words } from './words';

interface CaseContentProps {
  readonly of: CaseView;
  readonly view: View;
  readonly onView: (view: View) => void;
  readonly marks: Marks;
}

const viewWord = { changed: 'changedOnly', mended: 'mendedOnly', all: 'allFields' } as const;

/** What is decided on: rule hits first, then what changed, section by section; every field can be marked. */
export function CaseContent({ of, view, onView, marks }: CaseContentProps) {
  const t = useWords(words);
  const language = useLanguage();
  const say = catalogueWords(of.category, language);
  const blocks = blocksOf(view, of, say);
  const mended = of.submission.entries.some(({ changedSinceLast }) => changedSinceLast.length > 0);
  const choices = views.filter((each) => each !== 'mended' || mended);
  return (
    <article className="review-case" aria-label={of.submission.teacher.name} data-case={of.id}>
      <Head of={of} />
      {!of.submission.hashHolds && <Alert type="error" showIcon title={t('hashBroken')} />}
      <Hits of={of} />
      <Reasons of={of} />
      {of.submission.changes.length === 0 && (
        <Segmented
          className="review-view"
          aria-label={t('view')}
          value={view}
          onChange={(next) => onView(next as View)}
          options={choices.map((each) => ({ value: each, label: t(viewWord[each]) }))}
        />
      )}
      {of.submission.removedSinceLast.length > 0 && (
        <p>{t('removedRows', { count: of.submission.removedSinceLast.length })}</p>
      )}
      {blocks.length === 0 && <p>{t('noChanges')}</p>}
      {sectionsOf(blocks).map(([section, rows]) => (
        <section key={section} className="review-section">
          <h3>{say.section(section)}</h3>
          {rows.map((block, index) => (
            <Block key={block.entryId} block={block} number={rows.length > 1 ? index + 1 : undefined} marks={marks} />
          ))}
        </section>
      ))}
    </article>
  );
}

function sectionsOf(blocks: readonly EntryBlock[]): [string, EntryBlock[]][] {
  const bySection = new Map<string, EntryBlock[]>();
  for (const block of blocks) bySection.set(block.section, [...(bySection.get(block.section) ?? []), block]);
  return [...bySection];
}

function Head({ of }: { readonly of: CaseView }) {
  const t = useWords(words);
  const { teacher } = of.submission;
  return (
    <header className="review-head">
      <h2 className="name" tabIndex={-1}>
        {teacher.name}
      </h2>
      <StatusTag status={of.stage} since={of.movedAt} />
      <dl>
        <dt>{t('school')}</dt>
        <dd>{of.organisationName ?? of.organisation}</dd>
        <dt>{t('document')}</dt>
        <dd>{teacher.documentMasked}</dd>
        <dt>{t('personalCode')}</dt>
        <dd>{teacher.personalCodeMasked}</dd>
        <dt>{t('submittedAt')}</dt>
        <dd>{formatMoment(of.submittedAt)}</dd>
      </dl>
      {of.schoolSkipped && <p>{t('schoolSkipped')}</p>}
    </header>
  );
}

function Hits({ of }: { readonly of: CaseView }) {
  const t = useWords(words);
  const language = useLanguage();
  const say = catalogueWords(of.category, language);
  const hits = [...of.submission.ruleHits].sort((a, b) => rank(a.severity) - rank(b.severity));
  if (hits.length === 0) return null;
  return (
    <section className="review-hits" aria-label={t('hits')}>
      <h3>{t('hits')}</h3>
      <ul>
        {hits.map((hit) => (
          <li key={`${hit.code} ${hit.entryId ?? ''} ${hit.indicator ?? ''}`} data-severity={hit.severity}>
            <b>{t(`severity_${hit.severity}`)}</b> {say.section(hit.section)}
            {'：'}
            {language === 'en' ? hit.detailEn : hit.detail}
            {hit.reason && <small>{t('acceptedBecause', { reason: hit.reason })}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}

const rank = (severity: string) => ['serious', 'error', 'warning'].indexOf(severity);

function Reasons({ of }: { readonly of: CaseView }) {
  const t = useWords(words);
  return of.submission.changes.map(({ changeRequestId, reason, evidence }) => (
    <p key={changeRequestId}>
      <b>{t('changeReason')}</b> {reason}{' '}
      {evidence.length > 0 && <span>{t('evidence', { count: evidence.length })}</span>}
    </p>
  ));
}

function Block({
  block,
  number,
  marks,
}: {
  readonly block: EntryBlock;
  readonly number: number | undefined;
  readonly marks: Marks;
}) {
  const t = useWords(words);
  return (
    <div className="review-block">
      {number !== undefined && <h4>{t('row', { count: number })}</h4>}
      <div className="review-fields">
        {block.fields.map((field) => (
          <Field key={field.id} field={field} marks={marks} />
        ))}
      </div>
    </div>
  );
}

/** A button, so that the keyboard reaches every field: pressed is marked. */
function Field({ field, marks }: { readonly field: FieldRow; readonly marks: Marks }) {
  const t = useWords(words);
  const marked = marks.isMarked(field.id);
  const compared = field.was !== undefined && field.was !== field.is;
  return (
    <button
      type="button"
      className="review-field"
      data-field={field.id}
      data-changed={compared || undefined}
      aria-pressed={marked}
      disabled={!isMarkable(field)}
      onClick={() => marks.toggle(field)}
    >
      <span className="review-label">{field.label}</span>
      <span className="review-value">
        {compared && (
          <>
            <del aria-label={t('old')}>{field.was || t('empty')}</del>
            <span aria-hidden="true">{' → '}</span>
          </>
        )}
        {compared ? <ins aria-label={t('new')}>{field.is || t('empty')}</ins> : <span>{field.is || t('empty')}</span>}
      </span>
      {field.saidBefore && <em>{t('markedBefore', { words: field.saidBefore })}</em>}
      {field.mendedSince && <i>{t('mendedSince')}</i>}
      {marked && <i className="review-marked">{t('marked')}</i>}
    </button>
  );
}
