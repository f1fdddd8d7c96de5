import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { EntryWritten, PatchEntry, patchEntry } from '@shidang/contracts';
import { audited, expectVersion, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { headOf } from '../teacher/record-state';
import { openValues } from '../value/sealed-values';
import { today } from '../value/today';
import { changedKeys, readValues, refuseNewErrors, rowFindings } from './checked-values';
import { entriesOf, entryEtag } from './entry-row';
import { toEntryView } from './entry-view';
import { assertMayWrite, fillerOf } from './fill-rule';
import { entryIn, sectionFor } from './find-entry';
import { updateEntry } from './write-entry';

@Controller()
export class PatchEntryHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** Only values that really differ are written; a patch that changes nothing leaves no version behind. */
  @Handles(patchEntry)
  patch(command: PatchEntry, caller: Caller): Promise<EntryWritten> {
    const section = sectionFor(caller, command.section);
    return this.work.as(caller, async (em, sql) => {
      const head = await headOf(sql, command.teacherId, { lock: true });
      const entries = await entriesOf(sql, head.id);
      const entry = entryIn(entries, section, command.entryId);
      const target = { id: entry.id, isEffective: entry.effective !== null };
      const keys = Object.keys(command.values);
      assertMayWrite(fillerOf(caller), head.state, section.key, target, keys, head.category);
      expectVersion(entryEtag(entry));
      const before = openValues(this.vault, entry.id, entry.values);
      const read = readValues(section.key, command.values, head.category);
      const changed = changedKeys(before, read);
      const changes = Object.fromEntries(changed.map((key) => [key, read[key]]));
      const after = { ...before, ...changes };
      refuseNewErrors(section.key, before, after, head.category, today());
      const writing = { em, sql, vault: this.vault, caller, head, entries, via: { kind: 'screen' } as const };
      const written =
        changed.length > 0 ? await updateEntry(writing, entry, changes) : { entry, stage: head.state.stage };
      audited(em, {
        object: `entry:${entry.id}`,
        orgPath: head.orgPath,
        before: entry.values,
        after: written.entry.values,
      });
      const findings = rowFindings(section.key, entry.id, after, head.category, today());
      const view = toEntryView(this.vault, written.entry);
      return { entry: view, stage: written.stage, findings, etag: entryEtag(written.entry) };
    });
  }
}
