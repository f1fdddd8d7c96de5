import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { AnnotateImport, annotateImport, FileChunk } from '@shidang/contracts';
import { audited, Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { DownloadShelf } from '../download/download-shelf';
import { issueColumns, openWords, type IssueRow } from './import-issues';
import { openHeads, stagedImport, type ImportRow } from './import-row';
import { defaultCategory } from './judge-workbook';
import { changedPlaces } from './mending/change-cells';
import { rowsAt } from './staged/staged-rows';
import { openUpload } from './upload';
import type { Annotation, SheetMarks } from './workbook/annotation';
import { annotatedFile } from './workbook/parser-process';
import { toWire } from './workbook/parser-protocol';
import type { SheetHead } from './workbook/filled-sheet';

@Controller()
export class AnnotateImportHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly shelf: DownloadShelf,
  ) {}

  /** The file goes out with every cell in full, to the one who sent it: written down all the same. */
  @Handles(annotateImport)
  async annotate({ importId, offset = 0 }: AnnotateImport, caller: Caller): Promise<FileChunk> {
    const { row, thing } = await this.work.read(caller, async (_, sql) => {
      const found = await stagedImport(sql, importId, caller);
      return { row: found, thing: `import/${importId}/${found.version}` };
    });
    if (offset > 0) return this.shelf.piece(caller, thing, offset);
    const chunk = await this.shelf.first(caller, thing, async () => ({
      fileName: `${row.file_name.replace(/\.xlsx$/i, '')}-标红.xlsx`,
      bytes: await this.made(row, caller),
    }));
    await this.work.as(caller, (em) => {
      audited(em, { object: `import:${importId}` });
      return Promise.resolve();
    });
    return chunk;
  }

  /** The transaction is over before the process begins to write. */
  private async made(row: ImportRow & { heads: string }, caller: Caller): Promise<Buffer> {
    const { annotation, file } = await this.work.read(caller, async (_, sql) => {
      const heads = openHeads(this.vault, row.id, row.heads);
      const sheets = await this.marksOf(sql, row.id, heads);
      const category = await defaultCategory(sql, caller);
      const content = await openUpload(sql, this.vault, row);
      return { file: content, annotation: { category, heads, sheets } satisfies Annotation };
    });
    return annotatedFile(annotation, file);
  }

  private async marksOf(sql: Sql, importId: string, heads: readonly SheetHead[]): Promise<SheetMarks[]> {
    const issues = await sql<IssueRow>(
      `select ${issueColumns} from import_issue f where f.import_id = $1 order by f.n`,
      [importId],
    );
    const places = await changedPlaces(sql, this.vault, importId);
    const rows = await rowsAt(sql, this.vault, importId, places);
    const cellsAt = new Map(rows.map((each) => [`${each.sheet}/${each.filled.row}`, each.filled.cells]));
    return heads.map((head, order) => ({
      sheet: head.sheet,
      notes: issues
        .filter((each) => each.sheet_order === order)
        .map((each) => {
          const { zh, fix } = openWords(this.vault, each);
          return [each.row ?? Math.max(1, head.headerRow), each.column_order ?? 0, fix ? `${zh}；${fix.zh}` : zh];
        }),
      cells: places
        .filter((each) => each.sheet === order)
        .map(({ row, column }) => {
          const cell = cellsAt.get(`${order}/${row}`)?.get(column);
          return [row, column, cell === undefined ? null : toWire(cell)];
        }),
    }));
  }
}
