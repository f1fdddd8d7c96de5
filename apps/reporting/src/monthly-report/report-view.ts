import type { Caller } from '@shidang/access';
import {
  reportingRefusals,
  type CellValue,
  type MissingSheet,
  type MonthlyReportSummary,
  type MonthlyReportView,
  type ReportGroup,
  type RolledSheet,
  type SheetMark,
} from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';
import { isoOf, type Moment } from '../moment';
import { measured, organisationOf, type OrganisationRow } from '../organisation/measured-organisation';
import { ownFigures, rolledUp, type Figures } from './figures';
import { form, recordsBehind } from './form';
import type { MonthlyReport } from './monthly-report.entity';
import { registerNow } from './register';
import { sheetsBelow } from './sheets-below';

interface SheetRow {
  number: number;
  own: Figures;
  total: Figures;
  rolled_up: RolledSheet[];
  missing: MissingSheet[];
  frozen_at: Moment;
  accepted_at: Moment | null;
  returned_at: Moment | null;
  return_reason: string | null;
  restatement_reason: string | null;
}

type Shown = Pick<MonthlyReportView, 'shown' | 'asOf' | 'rolledUp' | 'missing' | 'groups'>;

export const summaryOf = (
  report: MonthlyReport,
  organisation: OrganisationRow,
  caller: Caller,
  now: Date,
): MonthlyReportSummary => ({
  id: report.id,
  organisation: measured(organisation),
  month: report.month,
  stage: report.stage,
  number: report.number,
  dueOn: report.dueOn,
  late: report.isLate(now),
  submittedAt: report.submittedAt?.toISOString(),
  may: report.mayOf(caller),
  etag: String(report.version),
});

/** The live sheet while it can be filled, else the last frozen one; any frozen one by its number. */
export async function viewOf(
  sql: Sql,
  report: MonthlyReport,
  caller: Caller,
  number?: number,
): Promise<MonthlyReportView> {
  const organisation = await organisationOf(sql, report.orgCode);
  const sheets = await sql<SheetRow>(
    `select number, own, total, rolled_up, missing, frozen_at, accepted_at, returned_at, return_reason, restatement_reason
     from report_sheet where report_id = $1 order by number`,
    [report.id],
  );
  const wanted = number ?? (report.isOpen ? 0 : report.number);
  const frozen = sheets.find((sheet) => sheet.number === wanted);
  if (wanted > 0 && !frozen) throw reportingRefusals.reportNotFound({});
  return {
    ...summaryOf(report, organisation, caller, new Date()),
    ...(frozen ? await asFrozen(sql, frozen) : await asNow(sql, report)),
    sheets: sheets.map(markOf),
  };
}

const asFrozen = async (sql: Sql, sheet: SheetRow): Promise<Shown> => ({
  shown: sheet.number,
  asOf: isoOf(sheet.frozen_at),
  rolledUp: await withFigures(sql, sheet.rolled_up),
  missing: sheet.missing,
  groups: groupsOf(sheet.own, sheet.total),
});

/**
 * The column of each sheet that was summed: frozen like the sum, so the columns always add up to it. A sheet that sums nothing
 * itself says yes or no instead of how many say yes.
 */
async function withFigures(sql: Sql, sheets: readonly RolledSheet[]): Promise<RolledSheet[]> {
  if (sheets.length === 0) return [];
  const rows = await sql<{ report_id: string; figures: Record<string, CellValue> }>(
    `select s.report_id, case when s.rolled_up = '[]' and s.missing = '[]' then s.own else s.total end as figures from report_sheet s
     join unnest($1::uuid[], $2::int[]) as r (report_id, number) on r.report_id = s.report_id and r.number = s.number`,
    [sheets.map(({ reportId }) => reportId), sheets.map(({ number }) => number)],
  );
  const byReport = new Map(rows.map((row) => [row.report_id, row.figures]));
  return sheets.map((sheet) => ({ ...sheet, figures: byReport.get(sheet.reportId) }));
}

async function asNow(sql: Sql, report: MonthlyReport): Promise<Shown> {
  const below = await sheetsBelow(sql, report.orgCode, report.month);
  const own = ownFigures(await registerNow(sql, report.orgPath, report.orgCode), report.typed);
  return {
    shown: 0,
    asOf: new Date().toISOString(),
    rolledUp: await withFigures(sql, below.rolledUp),
    missing: below.missing,
    groups: groupsOf(own, rolledUp(own, below.totals)),
  };
}

const groupsOf = (own: Figures, total: Figures): ReportGroup[] =>
  form.map(({ key, label, cells }) => ({
    key,
    label,
    cells: cells.map((cell) => ({
      key: cell.key,
      label: cell.label,
      kind: cell.kind,
      type: cell.type,
      definition: cell.definition,
      ...(cell.kind === 'typed' && {
        required: cell.required,
        neededWith: cell.neededWith,
        atMost: cell.atMost,
      }),
      own: own[cell.key] ?? null,
      total: total[cell.key] ?? null,
      hasRecords: recordsBehind(cell) !== undefined,
    })),
  }));

const markOf = (sheet: SheetRow): SheetMark => ({
  number: sheet.number,
  frozenAt: isoOf(sheet.frozen_at),
  acceptedAt: sheet.accepted_at === null ? undefined : isoOf(sheet.accepted_at),
  returnedAt: sheet.returned_at === null ? undefined : isoOf(sheet.returned_at),
  returnReason: sheet.return_reason ?? undefined,
  restatementReason: sheet.restatement_reason ?? undefined,
});
