import { findSection, sections, type Category, type Section, type SectionKey } from '@shidang/catalogue';
import { inLanguage, useLanguage, useSession, useWords } from '@shidang/web-kit';
import {
  useCompleteness,
  useSection,
  useSubmission,
  useTeacher,
  type Completeness,
  type RecordFinding,
  type TeacherView,
} from '@shidang/web-kit/record';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useUnsavedRows } from '../../app/device/unsaved';
import { Loading } from '../../app/loading';
import { Problem } from '../../app/problem';
import { Sheet } from '../../app/sheet';
import { useOwnRecordId } from '../record/own-record';
import { RowValues } from '../sections/row-values';
import SendKept from '../sections/send-kept';
import { bySchool, markedAmong } from '../record/section-state';
import { submissionWords } from './submission-words';
import { NotSaved } from './not-saved';

/** Every answer once more, what is still open, the declaration, and off it goes. */
export default function CheckPage() {
  const t = useWords(submissionWords);
  const teacherId = useOwnRecordId() ?? '';
  const teacher = useTeacher(teacherId);
  const completeness = useCompleteness(teacherId);
  const error = teacher.error ?? completeness.error;
  if (teacher.data && completeness.data) return <Check teacher={teacher.data} completeness={completeness.data} />;
  return (
    <Sheet title={t('title')} back="/">
      {error ? <Problem error={error} /> : <Loading />}
    </Sheet>
  );
}

interface CheckProps {
  readonly teacher: TeacherView;
  readonly completeness: Completeness;
}

function Check({ teacher, completeness }: CheckProps) {
  const t = useWords(submissionWords);
  const [, navigate] = useLocation();
  const form = useSubmission(teacher, completeness, () => navigate('/', { replace: true }));
  const isSchools = ({ section }: RecordFinding) => bySchool(section);
  const mine = form.errors.filter((each) => !isSchools(each));
  const schools = form.errors.filter(isSchools);
  const shown = sections.filter(({ key }) => completeness.sections.some(({ section }) => section === key));
  const unmended = markedAmong(completeness.marks).open;
  const { me } = useSession();
  const unsaved = useUnsavedRows(me.account.id, teacher.id);
  const nothing = teacher.effectiveVersion > 0 && completeness.pendingRows === 0;
  return (
    <Sheet
      title={t('title')}
      back="/"
      bar={
        <button
          className="button button-main"
          disabled={!form.isReady || form.isPending || nothing || unsaved.length > 0}
          onClick={form.submit}
        >
          {t(form.isPending ? 'submitting' : 'submit')}
        </button>
      }
    >
      <SendKept teacherId={teacher.id} />
      <NotSaved teacherId={teacher.id} rows={unsaved} />
      {nothing && <p className="note">{t('nothingNew')}</p>}
      <Findings title={t('yoursLeft', { count: mine.length })} findings={mine} />
      {unmended > 0 && <p className="note note-waiting">{t('marksLeft', { count: unmended })}</p>}
      {schools.length > 0 && <SchoolsLeft findings={schools} />}
      {form.serious.length > 0 && (
        <fieldset className="plain card">
          <legend className="card-title">{t('serious')}</legend>
          {form.serious.map((each) => (
            <Reason key={form.keyOf(each)} finding={each} form={form} />
          ))}
        </fieldset>
      )}
      <Answers title={t('answers')} of={shown.filter(({ key }) => !bySchool(key))} {...{ teacher, completeness }} />
      <Answers title={t('schools')} of={shown.filter(({ key }) => bySchool(key))} {...{ teacher, completeness }} />
      <label className="tick declare">
        <input type="checkbox" checked={form.declared} onChange={() => form.setDeclared(!form.declared)} />
        {t('declare')}
      </label>
      <Problem error={form.error} />
    </Sheet>
  );
}

/** Not the teacher's to mend: said, not linked. */
function SchoolsLeft({ findings }: { readonly findings: readonly RecordFinding[] }) {
  const t = useWords(submissionWords);
  const language = useLanguage();
  return (
    <section className="note note-waiting">
      <p>{t('schoolsLeft', { count: findings.length })}</p>
      <ul>
        {findings.map((each) => (
          <li key={`${each.section} ${each.entryId} ${each.indicator} ${each.code}`}>
            {inLanguage({ zh: each.detail, en: each.detailEn }, language)}
          </li>
        ))}
      </ul>
    </section>
  );
}

const linkOf = ({ section, entryId }: RecordFinding): string =>
  findSection(section)?.multiRecord && entryId ? `/sections/${section}/${entryId}` : `/sections/${section}`;

function Findings({ title, findings }: { readonly title: string; readonly findings: readonly RecordFinding[] }) {
  const language = useLanguage();
  if (findings.length === 0) return null;
  return (
    <section className="note note-error">
      <strong>{title}</strong>
      <ul>
        {findings.map((each) => (
          <li key={`${each.section} ${each.entryId} ${each.indicator} ${each.code}`}>
            <Link className="link" href={linkOf(each)}>
              {inLanguage({ zh: each.detail, en: each.detailEn }, language)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Reason({
  finding,
  form,
}: {
  readonly finding: RecordFinding;
  readonly form: ReturnType<typeof useSubmission>;
}) {
  const t = useWords(submissionWords);
  const language = useLanguage();
  const id = `reason-${form.keyOf(finding).replace(/\W/g, '-')}`;
  return (
    <div className="field">
      <p>{inLanguage({ zh: finding.detail, en: finding.detailEn }, language)}</p>
      <label htmlFor={id}>{t('reason')}</label>
      <input
        id={id}
        maxLength={200}
        value={form.reasonFor(finding)}
        onChange={({ currentTarget }) => form.explain(finding, currentTarget.value)}
      />
    </div>
  );
}

interface AnswersProps extends CheckProps {
  readonly title: string;
  readonly of: readonly Section[];
}

function Answers({ title, of, teacher, completeness }: AnswersProps) {
  return (
    <section>
      <h2>{title}</h2>
      <div className="rows">
        {of.map(({ key }) => (
          <Answer
            key={key}
            teacher={teacher}
            section={key}
            rows={completeness.sections.find(({ section }) => section === key)?.rows ?? 0}
          />
        ))}
      </div>
    </section>
  );
}

interface AnswerProps {
  readonly teacher: TeacherView;
  readonly section: SectionKey;
  readonly rows: number;
}

/** Opened, it shows what was answered; read from the server only then. */
function Answer({ teacher, section, rows }: AnswerProps) {
  const t = useWords(submissionWords);
  const language = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const of = findSection(section)!;
  return (
    <details className="answer" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="row">
        <span className="row-words">
          <span>{inLanguage({ zh: of.zhName, en: of.en }, language)}</span>
          {of.multiRecord && (
            <span className="row-state row-quiet">{rows > 0 ? t('rows', { count: rows }) : t('noRows')}</span>
          )}
        </span>
      </summary>
      {isOpen && <Shown teacher={teacher} section={section} />}
    </details>
  );
}

function Shown({ teacher, section }: Omit<AnswerProps, 'rows'>) {
  const t = useWords(submissionWords);
  const { data, error } = useSection(teacher.id, section);
  if (!data) return error ? <Problem error={error} /> : <Loading />;
  return (
    <div className="answer-rows">
      {data.entries.map(({ id, values }) => (
        <RowValues key={id} section={section} category={data.category as Category} values={values} />
      ))}
      {data.fillable && (
        <Link className="link" href={`/sections/${section}`}>
          {t('change')}
        </Link>
      )}
    </div>
  );
}
