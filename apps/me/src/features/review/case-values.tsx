import { codeName, findIndicator, type SectionKey } from '@shidang/catalogue';
import { useLanguage, useWords } from '@shidang/web-kit';
import {
  catalogueWords,
  isMarkable,
  type CaseView,
  type EntryBlock,
  type FieldRow,
  type Marks,
} from '@shidang/web-kit/review';
import { useState } from 'react';
import { MarkForm } from './mark-form';
import { reviewWords } from './review-words';
import { ShowValue } from './show-value';

interface CaseValuesProps {
  readonly blocks: readonly EntryBlock[];
  readonly of: CaseView;
  /** Absent: nothing is marked now, values are text. */
  readonly marks: Marks | undefined;
}

/** Section by section what was submitted; a value that is marked has its reason right below. */
export function CaseValues({ blocks, of, marks }: CaseValuesProps) {
  const language = useLanguage();
  const say = catalogueWords(of.category, language);
  const [fresh, setFresh] = useState<string>();
  const sections = [...new Set(blocks.map(({ section }) => section))];
  return sections.map((section) => (
    <section key={section}>
      <h2>{say.section(section)}</h2>
      {blocks
        .filter((each) => each.section === section)
        .map((block) => (
          <div key={block.entryId} className="card review-block">
            {block.fields.map((field) =>
              marks && isMarkable(field) ? (
                <Markable key={field.id} field={field} marks={marks} fresh={fresh} onMark={setFresh} />
              ) : (
                <Shown key={field.id} field={field} of={of} />
              ),
            )}
          </div>
        ))}
    </section>
  ));
}

interface MarkableProps {
  readonly field: FieldRow;
  readonly marks: Marks;
  /** Id of the value that was marked last. */
  readonly fresh: string | undefined;
  readonly onMark: (id: string) => void;
}

function Markable({ field, marks, fresh, onMark }: MarkableProps) {
  const making = marks.marks.find(({ id }) => id === field.id);
  return (
    <>
      <button
        type="button"
        className="review-value"
        aria-pressed={making !== undefined}
        onClick={() => {
          onMark(field.id);
          marks.toggle(field);
        }}
      >
        <Said field={field} />
      </button>
      {making && <MarkForm making={making} marks={marks} isNew={fresh === field.id} />}
    </>
  );
}

/** A star in other words is a star. */
const isMask = ({ section, indicator, is }: FieldRow): boolean =>
  is.includes('*') && findIndicator(section as SectionKey, indicator)?.sensitive === true;

/** Masked unless it was asked for: what lies at the record, which is what was submitted while it is under review. */
function Shown({ field, of }: { readonly field: FieldRow; readonly of: CaseView }) {
  const [plain, setPlain] = useState<string>();
  return (
    <div className="review-value">
      <Said field={plain === undefined ? field : { ...field, is: plain }} />
      {plain === undefined && of.decidable && of.kind !== 'change' && isMask(field) && (
        <ShowValue
          teacherId={of.teacherId}
          label={field.label}
          indicator={field.indicator}
          entryId={field.entryId}
          onShown={setPlain}
        />
      )}
    </div>
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

/** Whose record it is, by the number: no content of a submission, and masked like every number. */
export function CaseDocument({ of }: { readonly of: CaseView }) {
  const t = useWords(reviewWords);
  const { documentType, documentMasked } = of.submission.teacher;
  const [plain, setPlain] = useState<string>();
  return (
    <div className="card review-block">
      <div className="review-value">
        <span className="quiet">{codeName('idDocType', documentType)}</span>
        <span>{plain ?? documentMasked}</span>
        {plain === undefined && (
          <ShowValue teacherId={of.teacherId} label={t('document')} indicator="idNo" onShown={setPlain} />
        )}
        <span className="quiet">{t('maskedWhy')}</span>
      </div>
    </div>
  );
}
