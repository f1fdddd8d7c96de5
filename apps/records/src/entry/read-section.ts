import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { derived, maskDocumentNumber, type Section, type SectionKey } from '@shidang/catalogue';
import {
  commonRefusals,
  ReadSection,
  readSection,
  recordsRefusals,
  SectionView,
  type EntryView,
} from '@shidang/contracts';
import { Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { documentNumberOf, headOf, identityOf, openedRecord, type RecordHead } from '../teacher/record-state';
import { maskValues } from '../value/sealed-values';
import { confirmationsOf, contentTag } from './confirmations';
import { contentAsOf, momentOf } from './effective-content';
import { entriesOf, entryEtag, type EntryRow } from './entry-row';
import { toEntryView } from './entry-view';
import { sectionFor } from './find-entry';
import { keysFor } from './keys-for';

/** The section itself and those its derived values come from (highest education, current post …). */
const sourcesOf = (section: Section): SectionKey[] => [
  ...new Set([section.key, ...section.indicators.flatMap((each) => each.derivedFrom?.section ?? [])]),
];

function closedBecause({ state }: RecordHead): SectionView['closedBecause'] {
  if (state.stage === 'left') return 'left';
  return state.lockedBy ? 'review' : undefined;
}

@Controller()
export class ReadSectionHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  @Handles(readSection)
  read(query: ReadSection, caller: Caller): Promise<SectionView> {
    const section = sectionFor(caller, query.section);
    return this.work.read(caller, async (_, sql) => {
      const head = await headOf(sql, query.teacherId);
      if (query.asOf) return this.asOf(sql, head, section, query.asOf);
      const all = await entriesOf(sql, head.id, sourcesOf(section));
      const entries = all.filter((each) => each.section === section.key);
      const confirmedAt = await confirmationsOf(sql, head.id);
      const keysOf = keysFor(caller, head, section);
      const views = entries.map((entry) => ({
        ...toEntryView(this.vault, entry),
        fillableKeys: keysOf({ id: entry.id, isEffective: entry.effective !== null }),
      }));
      const newRowKeys = keysOf(undefined);
      const fillableKeys = [...new Set([...views.flatMap((view) => view.fillableKeys), ...newRowKeys])];
      return {
        teacherId: head.id,
        section: section.key,
        category: head.category,
        fillable: fillableKeys.length > 0,
        fillableKeys,
        newRowKeys,
        closedBecause: closedBecause(head),
        returned: head.state.openMarks !== null,
        marks: (head.state.openMarks ?? []).filter((mark) => mark.section === section.key),
        entries: section.key === 'basic' ? this.withPerson(head, all, views) : views,
        effectiveVersion: head.effectiveVersion || undefined,
        contentTag: contentTag(entries),
        confirmedAt: confirmedAt(section.key, entries),
      };
    });
  }

  /** Identity facts (columns of the teacher, the number masked) and derived values beside what was filled in. */
  private withPerson(head: RecordHead, all: readonly EntryRow[], views: EntryView[]): EntryView[] {
    const identity = identityOf(head, maskDocumentNumber(documentNumberOf(this.vault, head)));
    const computed = derived(openedRecord(this.vault, head, all), head.category);
    return views.map((view) => ({ ...view, values: { ...view.values, ...identity, ...computed } }));
  }

  /** The values that were effective at a moment; before the first effect there is nothing. */
  private async asOf(sql: Sql, head: RecordHead, section: Section, moment: string): Promise<SectionView> {
    const at = momentOf(moment);
    if (!at) throw commonRefusals.malformed({ fields: 'asOf' });
    const then = await contentAsOf(sql, head.id, at);
    if (!then) throw recordsRefusals.nothingToShow({});
    const { identity, entries } = then.content;
    const rows = entries.filter((each) => each.section === section.key);
    return {
      teacherId: head.id,
      section: section.key,
      category: then.content.category,
      fillable: false,
      fillableKeys: [],
      newRowKeys: [],
      returned: false,
      marks: [],
      entries: rows.map((each) => ({
        id: each.id,
        section: each.section,
        values: {
          ...maskValues(this.vault, each.section, each.id, each.values),
          ...(section.key === 'basic' && {
            ...identityOf({ identity: { ...identity, docSealed: '' } }, identity.docMasked),
            ...then.content.derived,
          }),
        },
        isEffective: true,
        version: each.version,
        updatedAt: then.effectiveFrom.toISOString(),
        etag: entryEtag(each),
      })),
      effectiveVersion: then.version,
    };
  }
}
