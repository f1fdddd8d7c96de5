import {
  ErrorSummary,
  inLanguage,
  RefusedByServer,
  useKeys,
  useLanguage,
  useSession,
  useWords,
} from '@shidang/web-kit';
import { useMutation } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { Problem } from '../../app/problem';
import { CellField, fieldId } from './cell-field';
import { MergeNotice } from './merge-notice';
import { readReport, saveCells, submitReport, useReportsAgain, type Report, type ReportCell } from './report-calls';
import { ReportSheet } from './report-sheet';
import {
  cellsIn,
  changesOf,
  findingsOf,
  isChanged,
  isTyped,
  openSheet,
  settle,
  typeInto,
  type SheetFinding,
} from './sheet-draft';
import { keepDraft, rebase, withKeptDraft, type Rebased } from './sheet-merge';
import { words } from './words';

/** What is said at the fields: found here, or by the server. */
interface Complaints {
  readonly attempt: number;
  readonly at: Readonly<Record<string, string>>;
}

/** `etag`: the version the base of the draft was read in; what somebody else saved since is merged, never overwritten. */
interface Work extends Rebased {
  readonly etag: string;
}

const workOn = (report: Report): Work => ({ draft: openSheet(report), conflicts: [], etag: report.etag });

/** Who fills in is who is logged in, unless the sheet says otherwise. */
const signedBy = (name: string | undefined, work: Rebased): Rebased =>
  name && !work.draft.texts['filledBy'] ? { ...work, draft: typeInto(work.draft, 'filledBy', name) } : work;

const isStale = (error: unknown): boolean => error instanceof RefusedByServer && error.problem.status === 412;

/** The open sheet: typed where it stands, checked before it goes, never lost. */
export function SheetForm({ report }: { readonly report: Report }) {
  const t = useWords(words);
  const { me } = useSession();
  const { message } = App.useApp();
  const { now, again } = useReportsAgain();
  const say = useFindingWords(report);
  const [{ draft, conflicts, etag }, setWork] = useState<Work>(() => ({
    ...signedBy(me.name, withKeptDraft(sessionStorage, me.account.id, report)),
    etag: report.etag,
  }));
  const [merged, setMerged] = useState(false);
  const [complaints, setComplaints] = useState<Complaints>({ attempt: 0, at: {} });
  useEffect(() => keepDraft(sessionStorage, me.account.id, report.id, draft), [draft, me, report.id]);
  useEffect(() => {
    setWork((work) => (work.etag === report.etag || isChanged(work.draft) ? work : workOn(report)));
  }, [report]);

  const { mutate, isPending, error } = useMutation({
    mutationFn: async (submitting: boolean) => {
      const changes = changesOf(report, draft);
      const saved = Object.keys(changes).length > 0 ? await saveCells({ id: report.id, etag }, changes) : report;
      now(saved);
      setWork((work) => ({ draft: settle(work.draft, draft, saved), conflicts: [], etag: saved.etag }));
      return submitting ? submitReport(saved) : saved;
    },
    onSuccess: async (answered, submitting) => {
      now(answered);
      setMerged(false);
      void message.success(t(submitting ? 'submitted' : 'saved'));
      await again();
    },
    onError: async (failure) => {
      if (isStale(failure)) {
        const fresh = await readReport(report.id);
        now(fresh);
        setWork((work) => ({ ...rebase(work.draft, fresh), etag: fresh.etag }));
        setMerged(true);
        return;
      }
      const named = failure instanceof RefusedByServer ? (failure.problem.errors ?? []) : [];
      const at = Object.fromEntries(named.flatMap(({ field, detail }) => (field ? [[field, detail]] : [])));
      setComplaints(({ attempt }) => ({ attempt: attempt + 1, at }));
    },
  });

  const send = (submitting: boolean) => {
    if (isPending) return;
    const found = findingsOf(report, draft, submitting);
    setComplaints(({ attempt }) => ({
      attempt: attempt + 1,
      at: Object.fromEntries(found.map((each) => [each.key, say(each)])),
    }));
    if (found.length === 0 && conflicts.length === 0) mutate(submitting);
  };
  useKeys([{ keys: 'Ctrl+S', label: t('save'), run: () => send(false), whileTyping: true }]);

  const change = (key: string, text: string) => {
    setWork((work) => ({ ...work, draft: typeInto(work.draft, key, text) }));
    setComplaints(({ attempt, at }) => ({
      attempt,
      at: Object.fromEntries(Object.entries(at).filter(([each]) => each !== key)),
    }));
  };
  const decide = (key: string, text: string) =>
    setWork((work) => ({
      ...work,
      draft: typeInto(work.draft, key, text),
      conflicts: work.conflicts.filter((each) => each.key !== key),
    }));
  const field = (cell: ReportCell) => (
    <CellField
      cell={cell}
      text={draft.texts[cell.key] ?? ''}
      complaint={complaints.at[cell.key]}
      change={(text) => change(cell.key, text)}
    />
  );
  const missing = report.missing.length;
  return (
    <>
      <Summary report={report} complaints={complaints} />
      {error && !isStale(error) && Object.keys(complaints.at).length === 0 && <Problem error={error} />}
      {merged && <MergeNotice report={report} conflicts={conflicts} decide={decide} />}
      <ReportSheet report={report} field={field} />
      <div className="report-foot no-print">
        {isTyped(draft, me.name) && <span role="status">{t('unsaved')}</span>}
        <Button onClick={() => send(false)} disabled={isPending || !isTyped(draft, me.name)}>
          {t('save')}
        </Button>
        <Button type="primary" loading={isPending} onClick={() => send(true)}>
          {missing > 0 ? t('submitMissing', { count: missing }) : t('submit')}
        </Button>
      </div>
    </>
  );
}

/** The same sentence in the summary and at the field. */
function useFindingWords(report: Report) {
  const t = useWords(words);
  const language = useLanguage();
  const labelOf = (key: string | undefined) => {
    const cell = cellsIn(report).find((each) => each.key === key);
    return cell ? inLanguage(cell.label, language) : (key ?? '');
  };
  return ({ key, what, limit, limitKey }: SheetFinding): string =>
    t(what, { label: labelOf(limitKey ?? key), limit: limit ?? 0 });
}

function Summary({
  report,
  complaints: { at, attempt },
}: {
  readonly report: Report;
  readonly complaints: Complaints;
}) {
  const language = useLanguage();
  const errors = cellsIn(report).flatMap(({ key, label }) =>
    at[key] ? [{ field: fieldId(key), label: inLanguage(label, language), message: at[key] }] : [],
  );
  return <ErrorSummary errors={errors} attempt={attempt} />;
}
