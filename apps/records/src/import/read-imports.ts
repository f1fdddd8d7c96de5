import { rangeOf, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { ImportById, ImportPage, ImportView, ListImports, listImports, readImport } from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { importColumns, importOf, toImportView, type ImportRow } from './import-row';

@Controller()
export class ReadImportsHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  @Handles(readImport)
  read({ importId }: ImportById, caller: Caller): Promise<ImportView> {
    return this.work.read(caller, async (_, sql) => toImportView(await importOf(sql, importId), caller));
  }

  /** Newest first: the caller's own organisation and those below. */
  @Handles(listImports)
  list({ limit = 20, cursor }: ListImports, caller: Caller): Promise<ImportPage> {
    const owner = { list: listImports.name, accountId: caller.accountId };
    const before = openCursor<string>(this.vault, cursor, owner);
    // row-level security locks; the range said again is what the index serves
    const { low, high } = rangeOf(caller.orgPath);
    return this.work.read(caller, async (_, sql) => {
      const rows = await sql<ImportRow>(
        `select ${importColumns} from import i where i.org_path >= $1 and i.org_path < $2 and ($3::uuid is null or i.id < $3::uuid)
         order by i.id desc limit $4`,
        [low, high, before ?? null, limit + 1],
      );
      const [counted] = await sql<{ n: number }>(
        `select count(*)::int as n from (select 1 from import i where i.org_path >= $1 and i.org_path < $2 limit 10001) counted`,
        [low, high],
      );
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const next = rows.length > limit && last ? sealCursor(this.vault, last.id, owner) : undefined;
      const total = Math.min(counted?.n ?? 0, 10_000);
      return {
        items: items.map((row) => toImportView(row, caller)),
        page: { next, total, totalIsExact: (counted?.n ?? 0) <= 10_000 },
      };
    });
  }
}
