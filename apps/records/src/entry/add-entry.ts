import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { AddEntry, addEntry, EntryWritten, recordsRefusals } from '@shidang/contracts';
import { audited, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { lockedRecord } from '../teacher/record-state';
import { openValues } from '../value/sealed-values';
import { today } from '../value/today';
import { readValues, refuseNewErrors, rowFindings } from './checked-values';
import { entryEtag } from './entry-row';
import { toEntryView } from './entry-view';
import { assertMayWrite, fillerOf } from './fill-rule';
import { sectionFor } from './find-entry';
import { mostRows } from './most-rows';
import { insertEntry } from './write-entry';

@Controller()
export class AddEntryHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  @Handles(addEntry)
  add(command: AddEntry, caller: Caller): Promise<EntryWritten> {
    const section = sectionFor(caller, command.section);
    return this.work.as(caller, async (em, sql) => {
      const { head, entries } = await lockedRecord(sql, command.teacherId);
      const keys = Object.keys(command.values);
      assertMayWrite(fillerOf(caller), head.state, section.key, undefined, keys, head.category);
      const plain = readValues(section.key, command.values, head.category);
      if (Object.values(plain).every((value) => value === undefined)) throw recordsRefusals.emptyEntry({});
      refuseNewErrors(section.key, {}, plain, head.category, today());
      const rows = entries.filter((entry) => entry.section === section.key).length;
      if (rows >= mostRows) throw recordsRefusals.sectionFull({ limit: mostRows });
      const writing = { em, sql, vault: this.vault, caller, head, entries, via: { kind: 'screen' } as const };
      const { entry, stage } = await insertEntry(writing, section.key, plain);
      audited(em, {
        object: `entry:${entry.id}`,
        concerns: `teacher:${head.id}`,
        fields: keys.map((key) => `${section.key}.${key}`),
        orgPath: head.orgPath,
        after: entry.values,
      });
      const values = openValues(this.vault, entry.id, entry.values);
      const findings = rowFindings(section.key, entry.id, values, head.category, today());
      return { entry: toEntryView(this.vault, entry), stage, findings, etag: entryEtag(entry) };
    });
  }
}
