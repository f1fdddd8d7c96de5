import { contains, mayFillSection, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import type { Category } from '@shidang/catalogue';
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
import { sensitiveFields } from '../value/sealed-values';
import { peopleOf, prefilledWorkbook, type Person, type SchoolToFill } from './prefilled-workbook';

interface NamedSchool extends SchoolToFill {
  readonly code: string;
  readonly name: string;
}

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
    const thing = `workbook/${organisation}`;
    if (offset > 0) return this.shelf.piece(caller, thing, offset);
    const school = await this.schoolOf(organisation, caller);
    return this.shelf.first(caller, thing, async () => ({
      fileName: `教师信息-${school.name}.xlsx`,
      bytes: await prefilledWorkbook(
        { work: this.work, vault: this.vault, caller },
        school,
        await this.peopleTold(school, caller),
        (section) => mayFillSection(caller.role, section),
      ),
    }));
  }

  private schoolOf(organisation: string, caller: Caller): Promise<NamedSchool> {
    return this.work.read(caller, async (_, sql) => {
      const [row] = await sql<{ org_path: string; name: string; tier: string; category: Category | null }>(
        `select org_path, name, tier, category from organisation where code = $1`,
        [organisation],
      );
      if (!row || !contains(caller.orgPath, row.org_path)) throw recordsRefusals.organisationNotFound({});
      if (row.tier !== 'school') throw importRefusals.notASchool({ code: organisation });
      const { name, org_path: orgPath } = row;
      return { code: organisation, name, orgPath, category: row.category ?? 'primarySecondary' };
    });
  }

  /** Who will stand in it: written down before the first of them is. */
  private peopleTold(school: NamedSchool, caller: Caller): Promise<Person[]> {
    return this.work.as(caller, async (em, sql) => {
      const people = await peopleOf(sql, this.vault, school);
      const { code, orgPath } = school;
      audited(em, { object: `organisation:${code}`, orgPath, reason: `导出预填工作簿 ${people.length} 人` });
      const told = people.map(({ id }) => ({ concerns: `teacher:${id}`, orgPath, fields: sensitiveFields }));
      await auditEach(sql, caller, `organisation:${code}`, told);
      return people;
    });
  }
}
