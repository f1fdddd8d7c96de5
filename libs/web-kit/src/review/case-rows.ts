import { fillableBy, type SectionKey } from '@shidang/catalogue';
import type { components } from '@shidang/client';
import type { CatalogueWords } from './catalogue-words';

export type CaseSummary = components['schemas']['CaseSummary'];
export type CaseView = components['schemas']['CaseView'];
export type MarkedValue = components['schemas']['MarkedValue'];

/** One value as it is shown: what it was, what it is, what was said about it last time. */
export interface FieldRow {
  /** Stable over the views: `entry indicator`. */
  readonly id: string;
  readonly section: string;
  readonly entryId: string;
  readonly indicator: string;
  readonly label: string;
  readonly was: string | undefined;
  readonly is: string;
  readonly changed: boolean;
  readonly mendedSince: boolean;
  readonly saidBefore: string | undefined;
}

/** A row of a section with its values. */
export interface EntryBlock {
  readonly entryId: string;
  readonly section: string;
  readonly isNew: boolean;
  readonly fields: readonly FieldRow[];
}

export const views = ['changed', 'mended', 'all'] as const;
export type View = (typeof views)[number];

type Entry = CaseView['submission']['entries'][number];

/** What a case is looked at with first: what was mended since the return, what changed, or all of a first record. */
export function firstView({ submission, kind }: CaseView): View {
  if (submission.entries.some((entry) => entry.changedSinceLast.length > 0)) return 'mended';
  return kind === 'first' ? 'all' : 'changed';
}

export function blocksOf(view: View, of: CaseView, say: CatalogueWords): EntryBlock[] {
  const { submission, earlier } = of;
  if (submission.changes.length > 0) return submission.changes.map((change) => blockOfChange(change, say));
  const said = new Map(earlier.flatMap(({ marks }) => marks).map((mark) => [idOf(mark), mark.words]));
  return submission.entries
    .map((entry) => blockOfEntry(view, entry, said, say))
    .filter((block) => block.fields.length > 0);
}

const idOf = ({ entryId = '', indicator = '' }: Pick<MarkedValue, 'entryId' | 'indicator'>) =>
  `${entryId} ${indicator}`;

function blockOfChange(change: CaseView['submission']['changes'][number], say: CatalogueWords): EntryBlock {
  const { entryId, section, indicator, oldValue, newValue } = change;
  const field: FieldRow = {
    id: idOf({ entryId, indicator }),
    ...{ section, entryId, indicator },
    label: say.indicator(section, indicator),
    was: say.value(section, indicator, oldValue),
    is: say.value(section, indicator, newValue),
    changed: true,
    mendedSince: false,
    saidBefore: undefined,
  };
  return { entryId, section, isNew: false, fields: [field] };
}

function blockOfEntry(view: View, entry: Entry, said: ReadonlyMap<string, string>, say: CatalogueWords): EntryBlock {
  const { entryId, section, values, effective, changedKeys, changedSinceLast } = entry;
  const isNew = effective === undefined;
  const keys = say.inOrder(section, [...new Set([...Object.keys(values), ...Object.keys(effective ?? {})])]);
  const fields = keys.map((indicator): FieldRow => {
    const id = idOf({ entryId, indicator });
    return {
      id,
      ...{ section, entryId, indicator },
      label: say.indicator(section, indicator),
      was: isNew ? undefined : say.value(section, indicator, effective[indicator]),
      is: say.value(section, indicator, values[indicator]),
      changed: changedKeys.includes(indicator),
      mendedSince: changedSinceLast.includes(indicator),
      saidBefore: said.get(id),
    };
  });
  const shown = (field: FieldRow): boolean => {
    if (view === 'mended') return field.mendedSince || field.saidBefore !== undefined;
    if (view === 'changed') return field.changed && (field.is !== '' || Boolean(field.was));
    return field.is !== '' || Boolean(field.was);
  };
  return { entryId, section, isNew, fields: fields.filter(shown) };
}

/** What nobody may fill cannot be asked for either. */
export const isMarkable = ({ section, indicator }: FieldRow): boolean =>
  fillableBy(section as SectionKey, indicator) !== 'nobody';
