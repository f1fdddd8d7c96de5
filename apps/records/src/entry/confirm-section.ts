import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { ConfirmSection, confirmSection, recordsRefusals, SectionConfirmed } from '@shidang/contracts';
import { audited, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { lockedRecord } from '../teacher/record-state';
import { contentTag } from './confirmations';
import { fillerOf, refuseForeignKeys, whyClosed } from './fill-rule';
import { sectionFor } from './find-entry';

@Controller()
export class ConfirmSectionHandler {
  constructor(private readonly work: Work) {}

  /** By who may fill the section, as long as the record is open; the words of a return are dealt with first. */
  @Handles(confirmSection)
  confirm(command: ConfirmSection, caller: Caller): Promise<SectionConfirmed> {
    const section = sectionFor(caller, command.section);
    return this.work.as(caller, async (em, sql) => {
      const { head, entries } = await lockedRecord(sql, command.teacherId);
      refuseForeignKeys(fillerOf(caller), section.key, [], head.category);
      const closed = whyClosed(head.state);
      if (closed) throw closed;
      if (head.state.openMarks?.some((mark) => mark.section === section.key)) throw recordsRefusals.markedSection({});
      const rows = entries.filter((entry) => entry.section === section.key);
      if (contentTag(rows) !== command.contentTag) throw recordsRefusals.sectionChanged({});
      const confirmedAt = new Date().toISOString();
      const mark = { [section.key]: { at: confirmedAt, tag: command.contentTag, accountId: caller.accountId } };
      await sql(
        `update teacher set confirmed = confirmed || $2::jsonb where id = $1`,
        [head.id, JSON.stringify(mark)],
        'section-confirmed',
      );
      audited(em, { object: `teacher:${head.id}`, fields: [section.key], orgPath: head.orgPath, after: mark });
      return { section: section.key, confirmedAt };
    });
  }
}
