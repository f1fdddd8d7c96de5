import { codeOfPath, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  listCellRecords,
  reportingRefusals,
  type CellRecordPage,
  type ListCellRecords,
  type ProgressStatus,
} from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { cellOf, recordsBehind, type RecordsCounted } from './form';
import { MonthlyReport } from './monthly-report.entity';
import type { FrozenSheet } from './register';

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

/** All records of the frozen sheets that were summed; the condition is the figure's own. */
const query = `
  with counted as (
    select r.* from report_record r
    join unnest($1::uuid[], $2::int[]) as s(report_id, number) on s.report_id = r.report_id and s.number = r.number
    where r.status = any($3) and r.formal_code = coalesce($4, r.formal_code)
  )
  select report_id, teacher_id, org_path, status, record_version, effective_version, (select count(*)::int from counted) as of
  from counted where (report_id, teacher_id) > ($5::uuid, $6::uuid) order by report_id, teacher_id limit $7`;

@Controller()
export class ListCellRecordsHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** Every figure opens its list as it was when the sheet was frozen. */
  @Handles(listCellRecords)
  list(asked: ListCellRecords, caller: Caller): Promise<CellRecordPage> {
    const owner = { list: `${listCellRecords.name}/${asked.reportId}/${asked.key}`, accountId: caller.accountId };
    const after = openCursor<Place>(this.vault, asked.cursor, owner) ?? first;
    const limit = asked.limit ?? 20;
    return this.work.read(caller, async (em, sql) => {
      const report = await em.findOne(MonthlyReport, { id: asked.reportId });
      if (!report) throw reportingRefusals.reportNotFound({});
      const behind = behindCell(asked.key);
      const [sheet] = await sql<{ sources: FrozenSheet[] }>(
        `select sources from report_sheet where report_id = $1 and number = $2`,
        [report.id, asked.number ?? report.number],
      );
      if (!sheet) throw reportingRefusals.cellNotFound({});
      const { sources } = sheet;
      const rows = await sql<Row>(query, [
        sources.map((source) => source.reportId),
        sources.map((source) => source.number),
        behind.statuses,
        behind.formalCode ?? null,
        ...after,
        limit + 1,
      ]);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const place: Place | undefined = last && [last.report_id, last.teacher_id];
      return {
        items: page.map((row) => ({
          teacherId: row.teacher_id,
          schoolCode: codeOfPath(row.org_path),
          status: row.status,
          recordVersion: row.record_version,
          effectiveVersion: row.effective_version,
        })),
        page: {
          next: rows.length > limit && place ? sealCursor(this.vault, place, owner) : undefined,
          total: last?.of ?? 0,
          totalIsExact: true,
        },
      };
    });
  }
}

function behindCell(key: string): RecordsCounted {
  const behind = recordsBehind(cellOf(key));
  if (!behind) throw reportingRefusals.cellNotFound({});
  return behind;
}
