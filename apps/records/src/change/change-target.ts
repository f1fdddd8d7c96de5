import { findIndicator, findSection, mayFill, type Category, type SectionKey, type Value } from '@shidang/catalogue';
import { recordsRefusals } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';
import type { RecordHead } from '../teacher/record-state';
import { factAt, isMendable } from '../teacher/identity-facts';
import type { Sealed, StoredValues } from '../value/sealed-values';

/** One effective value somebody wants changed. */
export interface ChangeTarget {
  readonly entryId: string;
  readonly section: SectionKey;
  readonly indicator: string;
  readonly category: Category;
  /** The effective row it stands in. */
  readonly effective: StoredValues;
  /** As stored; null where nothing stands. */
  readonly before: Value | Sealed | null;
}

/** Where it stands, or why it is not changed by asking. */
export async function targetOf(
  sql: Sql,
  head: RecordHead,
  { entryId, indicator }: { entryId: string; indicator: string },
): Promise<ChangeTarget> {
  const [row] = await sql<{ section: SectionKey; effective: StoredValues | null }>(
    `select section, effective from entry where id = $1 and teacher_id = $2 and not removed`,
    [entryId, head.id],
    'change-target',
  );
  if (!row) throw recordsRefusals.entryNotFound({});
  if (!row.effective) throw recordsRefusals.notEffectiveYet({});
  const { section, effective } = row;
  refuseUnchangeable(section, indicator);
  const fact = factAt(section, indicator);
  const before = (isMendable(fact) ? head.identity[fact] : effective[indicator]) ?? null;
  return { entryId, section, indicator, category: head.category, effective, before };
}

function refuseUnchangeable(section: SectionKey, indicator: string): void {
  const known = findSection(section) && findIndicator(section, indicator);
  const fact = factAt(section, indicator);
  const allowed = fact ? isMendable(fact) : mayFill('school', section, indicator);
  if (known && allowed) return;
  const label = known ? known.zhName : indicator;
  throw recordsRefusals.valuesWrong({}).with([
    {
      pointer: '/indicator',
      field: indicator,
      code: 'records.not_changeable',
      detail: known ? `${label}不能通过变更申请修改` : `没有“${label}”这一指标`,
      detailEn: known ? `${known.en} is not changed by request` : `There is no indicator "${indicator}"`,
    },
  ]);
}
