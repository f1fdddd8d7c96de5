import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import type { SectionKey } from '@shidang/catalogue';
import { importRefusals, ImportView, MatchColumns, matchImportColumns, type SheetChoice } from '@shidang/contracts';
import { audited, expectVersion, traceparentNow, Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { ImportBell } from '../import-bell';
import {
  importColumns,
  openChosen,
  openHeads,
  ownImport,
  sealChosen,
  toImportView,
  type ImportRow,
} from '../import-row';
import { refuseWhileBusy, refusingSecond } from '../one-running';
import { columnLetter } from '../workbook/cell-value';
import { keepHeader, keptHeaders } from './kept-headers';
import { headerMark } from './match-columns';
import { categoriesOf, filledSheets } from './questions';
import { saidOf, type DecidedSheet } from './decided-sheet';

@Controller()
export class MatchImportHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly bell: ImportBell,
  ) {}

  /** The file is read again by the choices; what was checked before is checked anew, so nothing mended on screen may be there. */
  @Handles(matchImportColumns)
  async match({ importId, sheets }: MatchColumns, caller: Caller): Promise<ImportView> {
    const writing = this.work.as(caller, async (em, sql) => {
      const row = await ownImport(sql, importId, caller, { lock: true });
      if ((row.state !== 'matching' && row.state !== 'checked') || row.heads === null)
        throw importRefusals.wrongState({ importId, state: row.state });
      if (!row.has_file) throw importRefusals.fileGone({ importId });
      expectVersion(String(row.version));
      if (row.mends > 0) throw importRefusals.mendedAlready({ importId, mends: row.mends });
      await refuseWhileBusy(sql, row.org_path);
      const decided = await this.decide(sql, row, sheets, caller);
      const chosen = Object.fromEntries(decided.map(({ head, choices }) => [head.sheet, choices]));
      const keeping = { sql, vault: this.vault, organisation: row.organisation, orgPath: row.org_path };
      for (const { head, choices } of decided) await keepHeader(keeping, head.section, head.matched, choices);
      const [after] = await sql<ImportRow>(
        `update import i set state = 'uploaded', counts = null, post_id = $2, attempts = 0, chosen = $3, version = version + 1, step_done = 0, step_total = 0, traceparent = $4
         where i.id = $1 returning ${importColumns}`,
        [
          importId,
          caller.postId,
          sealChosen(this.vault, importId, { ...openChosen(this.vault, row), ...chosen }),
          traceparentNow(),
        ],
      );
      audited(em, { object: `import:${importId}`, ...noteOf(decided) });
      return toImportView(after!, caller);
    });
    const view = await refusingSecond(this.work, caller, importId, writing);
    this.bell.ring();
    return view;
  }

  private async decide(
    sql: Sql,
    row: ImportRow,
    sheets: readonly SheetChoice[],
    caller: Caller,
  ): Promise<DecidedSheet[]> {
    const of = await categoriesOf(sql, caller);
    const kept = await keptHeaders(sql, this.vault, row.organisation);
    const heads = filledSheets(openHeads(this.vault, row.id, row.heads!));
    const unknown = sheets.find(({ sheet }) => !heads.some((head) => head.sheet === sheet));
    if (unknown) throw importRefusals.columnUnknown({ sheet: unknown.sheet, column: '' });
    return heads.flatMap((head) => {
      const said = sheets.find(({ sheet }) => sheet === head.sheet);
      const before = openChosen(this.vault, row)?.[head.sheet];
      return saidOf({
        head,
        said,
        before,
        without: kept?.[head.section]?.[headerMark(head.matched)]?.without ?? [],
        of,
      });
    });
  }
}

/** Which indicators columns were said to hold, and which columns stay out. */
function noteOf(decided: readonly DecidedSheet[]): { fields: string[]; reason?: string } {
  const said = decided.flatMap(({ head, said: { columns } }) =>
    Object.entries(columns).map(([column, target]) => ({ head, column: Number(column), target })),
  );
  const out = said.flatMap(({ head, column, target }) =>
    target === null ? [`${head.sheet}!${columnLetter(column)}`] : [],
  );
  const section = (head: { section: SectionKey }) => head.section;
  return {
    fields: [...new Set(said.flatMap(({ head, target }) => (target === null ? [] : [`${section(head)}.${target}`])))],
    ...(out.length > 0 && { reason: `不导入 ${out.join('、')}`.slice(0, 500) }),
  };
}
