import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { EntryWritten, PatchEntry, patchEntry, recordsRefusals } from '@shidang/contracts';
import { audited, expectVersion, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { splitFacts, type MendedFacts } from '../teacher/identity-facts';
import { documentNumberOf, lockedRecord, identityOf, type RecordHead } from '../teacher/record-state';
import { openValues } from '../value/sealed-values';
import { today } from '../value/today';
import { changedKeys, readValues, refuseNewErrors, rowFindings } from './checked-values';
import { entryEtag, type EntryRow } from './entry-row';
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
      const { head, entries } = await lockedRecord(sql, command.teacherId);
      const entry = entryIn(entries, section, command.entryId);
      const target = { id: entry.id, isEffective: entry.effective !== null };
      const keys = Object.keys(command.values);
      assertMayWrite(fillerOf(caller), head.state, section.key, target, keys, head.category);
      expectVersion(entryEtag(entry));
      const before = this.plain(head, entry);
      const read = readValues(section.key, command.values, head.category);
      const changes = Object.fromEntries(changedKeys(before, read).map((key) => [key, read[key]]));
      const after = { ...before, ...changes };
      refuseNewErrors(section.key, before, after, head.category, today());
      const { facts, others } = splitFacts(section.key, changes);
      const writing = { em, sql, vault: this.vault, caller, head, entries, via: { kind: 'screen' } as const };
      const written =
        Object.keys(changes).length > 0
          ? await updateEntry(writing, entry, others, present(facts))
          : { entry, stage: head.state.stage };
      audited(em, {
        object: `entry:${entry.id}`,
        concerns: `teacher:${head.id}`,
        fields: Object.keys(changes).map((key) => `${section.key}.${key}`),
        orgPath: head.orgPath,
        before: entry.values,
        after: written.entry.values,
      });
      const findings = rowFindings(section.key, entry.id, after, head.category, today());
      const view = toEntryView(this.vault, written.entry);
      return { entry: view, stage: written.stage, findings, etag: entryEtag(written.entry) };
    });
  }

  /** The row as the rules see it: in the basic section with the identity facts. */
  private plain(head: RecordHead, entry: EntryRow) {
    const values = openValues(this.vault, entry.id, entry.values);
    return entry.section === 'basic' ? { ...values, ...identityOf(head, documentNumberOf(this.vault, head)) } : values;
  }
}

/** The facts that make a person can be mended, never emptied. */
function present(facts: Partial<Record<keyof MendedFacts, unknown>>): MendedFacts {
  for (const [fact, value] of Object.entries(facts)) {
    if (typeof value === 'string') continue;
    throw recordsRefusals.valuesWrong({}).with([
      {
        pointer: `/values/${fact}`,
        field: fact,
        code: 'records.required',
        detail: '此项不能为空',
        detailEn: 'This cannot be empty',
      },
    ]);
  }
  return facts as MendedFacts;
}
