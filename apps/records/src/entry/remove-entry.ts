import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { EntryRemoved, recordsRefusals, RemoveEntry, removeEntry } from '@shidang/contracts';
import { audited, expectVersion, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { lockedRecord } from '../teacher/record-state';
import { entryEtag } from './entry-row';
import { assertMayWrite, fillerOf, isMarked } from './fill-rule';
import { entryIn, sectionFor } from './find-entry';
import { dropEntry } from './write-entry';

@Controller()
export class RemoveEntryHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** A row goes as a whole: whoever removes it must be allowed to fill every value in it. */
  @Handles(removeEntry)
  remove(command: RemoveEntry, caller: Caller): Promise<EntryRemoved> {
    const section = sectionFor(caller, command.section);
    return this.work.as(caller, async (em, sql) => {
      const { head, entries } = await lockedRecord(sql, command.teacherId);
      const entry = entryIn(entries, section, command.entryId);
      const target = { id: entry.id, isEffective: entry.effective !== null };
      const keys = Object.keys(entry.values);
      assertMayWrite(fillerOf(caller), head.state, section.key, target, keys, head.category);
      if (!section.multiRecord) throw recordsRefusals.singleSection({});
      const marks = head.state.openMarks;
      // a row is marked for removal when all of it is marked, not one value
      if (marks && !isMarked(marks, section.key, entry.id, '')) throw recordsRefusals.onlyMarkedFields({});
      expectVersion(entryEtag(entry));
      const writing = { em, sql, vault: this.vault, caller, head, entries, via: { kind: 'screen' } as const };
      const stage = await dropEntry(writing, entry);
      audited(em, {
        object: `entry:${entry.id}`,
        concerns: `teacher:${head.id}`,
        fields: keys.map((key) => `${section.key}.${key}`),
        orgPath: head.orgPath,
        before: entry.values,
      });
      return { entryId: entry.id, stage };
    });
  }
}
