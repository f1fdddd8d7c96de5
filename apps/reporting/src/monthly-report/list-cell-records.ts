import { codeOfPath, type Caller } from '@shidang/access';
import { BusClient, Handles } from '@shidang/bus';
import {
  labelTeachers,
  listCellRecords,
  Refusal,
  reportingRefusals,
  type CellRecord,
  type CellRecordPage,
  type ListCellRecords,
  type ProgressStatus,
} from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { cellOf, recordsBehind, type RecordsCounted } from './form';
import { MonthlyReport } from './monthly-report.entity';
import type { FrozenSheet } from './register';
import { sheetsBelow } from './sheets-below';

interface Row {
  report_id: string;
  teacher_id: string;
  org_path: string;
  status: ProgressStatus;
  record_version: number;
  effective_version: number;
  of: number;
}

type Place = [reportId: string, teacherId: string];
const first: Place = ['00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000'];

/**
 * All records of the frozen sheets that were summed; the condition is the figure's own. Of an open sheet ($8 its report, $9 its
 * path) those of the register as it is now stand beside them.
 */
const query = `
  with behind as (
    select r.report_id, r.teacher_id, r.org_path, r.status, r.record_version, r.effective_version, r.formal_code from report_record r
    join unnest($1::uuid[], $2::int[]) as s(report_id, number) on s.report_id = r.report_id and s.number = r.number
    union all
    select $8::uuid, teacher_id, org_path, status, record_version, effective_version, formal_code from teacher_state
    where authority_path = $9::text and status <> 'left'
  ), counted as (
    select * from behind r where r.status = any($3) and r.formal_code = coalesce($4, r.formal_code)
  )
  select report_id, teacher_id, org_path, status, record_version, effective_version, (select count(*)::int from counted) as of
  from counted where (report_id, teacher_id) > ($5::uuid, $6::uuid) order by report_id, teacher_id limit $7`;

@Controller()
export class ListCellRecordsHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly bus: BusClient,
  ) {}

  /** Every figure opens its list as it was when the sheet was frozen. */
  @Handles(listCellRecords)
  async list(asked: ListCellRecords, caller: Caller): Promise<CellRecordPage> {
    const owner = { list: `${listCellRecords.name}/${asked.reportId}/${asked.key}`, accountId: caller.accountId };
    const after = openCursor<Place>(this.vault, asked.cursor, owner) ?? first;
    const limit = asked.limit ?? 20;
    const { rows, schools } = await this.work.read(caller, async (em, sql) => {
      const report = await em.findOne(MonthlyReport, { id: asked.reportId });
      if (!report) throw reportingRefusals.reportNotFound({});
      const behind = behindCell(asked.key);
      const number = asked.number ?? (report.isOpen ? 0 : report.number);
      const sources = await sourcesOf(sql, report, number);
      const live = number === 0 ? [report.id, report.orgPath] : [null, null];
      const found = await sql<Row>(query, [
        sources.map((source) => source.reportId),
        sources.map((source) => source.number),
        behind.statuses,
        behind.formalCode ?? null,
        ...after,
        limit + 1,
        ...live,
      ]);
      return { rows: found, schools: await schoolNames(sql, found) };
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const place: Place | undefined = last && [last.report_id, last.teacher_id];
    return {
      items: await this.named(page.map((row) => recordOf(row, schools))),
      page: {
        next: rows.length > limit && place ? sealCursor(this.vault, place, owner) : undefined,
        total: last?.of ?? 0,
        totalIsExact: true,
      },
    };
  }

  /** Names beside ids, asked once per page in the caller's own scope; without records the list is still the list. */
  private async named(records: CellRecord[]): Promise<CellRecord[]> {
    if (records.length === 0) return records;
    try {
      const teacherIds = [...new Set(records.map(({ teacherId }) => teacherId))];
      const { labels } = await this.bus.request(labelTeachers, { teacherIds });
      const names = new Map(labels.map((label) => [label.teacherId, label.name]));
      return records.map((record) => ({ ...record, name: names.get(record.teacherId) }));
    } catch (error) {
      if (error instanceof Refusal) return records;
      throw error;
    }
  }
}

const recordOf = (row: Row, schools: ReadonlyMap<string, string>): CellRecord => ({
  teacherId: row.teacher_id,
  schoolCode: codeOfPath(row.org_path),
  schoolName: schools.get(codeOfPath(row.org_path)),
  status: row.status,
  recordVersion: row.record_version,
  effectiveVersion: row.effective_version,
});

function behindCell(key: string): RecordsCounted {
  const behind = recordsBehind(cellOf(key));
  if (!behind) throw reportingRefusals.cellNotFound({});
  return behind;
}

/** Number 0 is the open sheet: frozen are only those below. */
async function sourcesOf(sql: Sql, report: MonthlyReport, number: number): Promise<readonly FrozenSheet[]> {
  if (number === 0) return (await sheetsBelow(sql, report.orgCode, report.month)).sources;
  const [sheet] = await sql<{ sources: FrozenSheet[] }>(
    `select sources from report_sheet where report_id = $1 and number = $2`,
    [report.id, number],
  );
  if (!sheet) throw reportingRefusals.cellNotFound({});
  return sheet.sources;
}

async function schoolNames(sql: Sql, rows: readonly Row[]): Promise<Map<string, string>> {
  const codes = [...new Set(rows.map((row) => codeOfPath(row.org_path)))];
  const found = await sql<{ code: string; name: string }>(`select code, name from organisation where code = any($1)`, [
    codes,
  ]);
  return new Map(found.map(({ code, name }) => [code, name]));
}
