import { contains, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { sections, type Category } from '@shidang/catalogue';
import {
  FileChunk,
  importRefusals,
  ReadPrefilledWorkbook,
  readPrefilledWorkbook,
  recordsRefusals,
} from '@shidang/contracts';
import { auditEach, audited, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { DownloadShelf } from '../download/download-shelf';
import { peopleOf, prefilledWorkbook } from './prefilled-workbook';

/** What stands in it that is masked everywhere else. */
const shown = sections.flatMap(({ key, indicators }) =>
  indicators.filter((each) => each.sensitive).map((each) => `${key}.${each.key}`),
);

@Controller()
export class ReadPrefilledWorkbookHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly shelf: DownloadShelf,
  ) {}

  /** What is known is not typed again. Numbers stand in it in full, so it is written down as an export (三员分立: auditable). */
  @Handles(readPrefilledWorkbook)
  async read({ organisation, offset = 0 }: ReadPrefilledWorkbook, caller: Caller): Promise<FileChunk> {
    const key = `${caller.accountId}/workbook/${organisation}`;
    if (offset > 0) return this.shelf.piece(key, offset);
    const { bytes, fileName } = await this.work.as(caller, async (em, sql) => {
      const [school] = await sql<{ org_path: string; name: string; tier: string; category: Category | null }>(
        `select org_path, name, tier, category from organisation where code = $1`,
        [organisation],
      );
      if (!school || !contains(caller.orgPath, school.org_path)) throw recordsRefusals.organisationNotFound({});
      if (school.tier !== 'school') throw importRefusals.notASchool({ code: organisation });
      const to = { orgPath: school.org_path, category: school.category ?? 'primarySecondary' };
      const people = await peopleOf(sql, this.vault, to);
      audited(em, {
        object: `organisation:${organisation}`,
        orgPath: school.org_path,
        reason: `导出预填工作簿 ${people.length} 人`,
      });
      await auditEach(
        sql,
        caller,
        `organisation:${organisation}`,
        people.map(({ id }) => ({ concerns: `teacher:${id}`, orgPath: school.org_path, fields: shown })),
      );
      const made = await prefilledWorkbook(sql, this.vault, caller, to, people);
      return { bytes: made, fileName: `教师信息-${school.name}.xlsx` };
    });
    return this.shelf.put(key, fileName, bytes);
  }
}
