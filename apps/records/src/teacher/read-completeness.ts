import { maySeeSection, type Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { completeness, percentDone, violations, type SectionKey } from '@shidang/catalogue';
import { Completeness, ReadCompleteness, readCompleteness } from '@shidang/contracts';
import { Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { confirmationsOf } from '../entry/confirmations';
import { toFinding } from '../entry/checked-values';
import { entriesOf, type EntryRow } from '../entry/entry-row';
import { markStandings } from '../submission/mark-standing';
import { today } from '../value/today';
import { headOf, openedRecord } from './record-state';

const entriesIn = (entries: readonly EntryRow[], section: SectionKey) =>
  entries.filter((each) => each.section === section);

@Controller()
export class ReadCompletenessHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** 工作方案 五(三): what is missing or wrong before the record can be submitted, section by section. */
  @Handles(readCompleteness)
  read(query: ReadCompleteness, caller: Caller): Promise<Completeness> {
    return this.work.read(caller, async (_, sql) => {
      const head = await headOf(sql, query.teacherId);
      const entries = await entriesOf(sql, head.id);
      const confirmedAt = await confirmationsOf(sql, head.id);
      const marks = await markStandings(sql, caller, head, entries);
      const record = openedRecord(this.vault, head, entries);
      const state = completeness(record, head.category);
      const found = violations(record, head.category, { today: today() });
      const sections = state.sections.filter((each) => maySeeSection(caller.role, each.section));
      return {
        teacherId: head.id,
        complete: state.complete && found.every((each) => each.severity !== 'error'),
        percent: percentDone(state),
        pendingRows: entries.filter((each) => each.effective === null).length,
        sections: sections.map((each) => ({
          section: each.section,
          rows: each.rows,
          required: each.total,
          filled: each.done,
          complete: each.missing.length === 0,
          confirmedAt: confirmedAt(each.section, entriesIn(entries, each.section)),
        })),
        findings: found.filter((each) => maySeeSection(caller.role, each.section)).map(toFinding),
        marks: marks.filter((each) => maySeeSection(caller.role, each.section as SectionKey)),
      };
    });
  }
}
