import { maySeeSection, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { identityFacts, type SectionKey, type Value } from '@shidang/catalogue';
import { recordsRefusals, UnmaskValue, unmaskValue, ValueUnmasked } from '@shidang/contracts';
import { audited, Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { documentNumberOf, headOf } from '../teacher/record-state';
import { isSensitive, openValue, type StoredValues } from '../value/sealed-values';

@Controller()
export class UnmaskValueHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** One value at a time, with a reason, audited where the teacher can see it (domain: data protection). */
  @Handles(unmaskValue)
  unmask(command: UnmaskValue, caller: Caller): Promise<ValueUnmasked> {
    return this.work.as(caller, async (em, sql) => {
      const head = await headOf(sql, command.teacherId);
      const { section, value } = await this.valueOf(sql, command, caller, head);
      audited(em, {
        object: `teacher:${head.id}`,
        fields: [`${section}.${command.indicator}`],
        orgPath: head.orgPath,
        reason: `${command.indicator}：${command.reason}`,
      });
      return { teacherId: head.id, indicator: command.indicator, value };
    });
  }

  private async valueOf(
    sql: Sql,
    { entryId, indicator }: UnmaskValue,
    caller: Caller,
    head: Awaited<ReturnType<typeof headOf>>,
  ): Promise<{ section: SectionKey; value: Value | undefined }> {
    if (indicator === identityFacts.documentNumber)
      return { section: 'basic', value: documentNumberOf(this.vault, head) };
    if (indicator === 'personalCode') return { section: 'basic', value: await this.codeOf(sql, head.id) };
    if (!entryId) throw recordsRefusals.entryNotFound({});
    const [row] = await sql<{ section: SectionKey; values: StoredValues }>(
      `select section, "values" from entry where id = $1 and teacher_id = $2 and not removed`,
      [entryId, head.id],
      'unmask-entry',
    );
    if (!row || !maySeeSection(caller.role, row.section)) throw recordsRefusals.entryNotFound({});
    if (!isSensitive(row.section, indicator)) throw recordsRefusals.nothingToShow({});
    return { section: row.section, value: openValue(this.vault, entryId, indicator, row.values[indicator]) };
  }

  private async codeOf(sql: Sql, teacherId: string): Promise<string> {
    const [row] = await sql<{ code_sealed: string }>(
      `select code_sealed from teacher where id = $1`,
      [teacherId],
      'code',
    );
    return this.vault.open(row!.code_sealed, { table: 'teacher', column: 'code_sealed', row: teacherId });
  }
}
