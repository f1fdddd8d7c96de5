import { maySeeSection, visibleSections, type Caller } from '@shidang/access';
import { BusClient, Handles } from '@shidang/bus';
import type { SectionKey } from '@shidang/catalogue';
import {
  HistoryPage,
  labelAccounts,
  ReadHistory,
  readHistory,
  recordsRefusals,
  type AccountLabel,
  type HistoryActor,
  type HistoryItem,
  type HistoryReview,
} from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import type { Via } from '../entry/entry-row';
import { maskValues, type StoredValues } from '../value/sealed-values';
import { reviewsOf, type ReviewedEntry } from './reviews';

interface VersionRow {
  id: string;
  entry_id: string;
  section: SectionKey;
  version: number;
  values: StoredValues;
  changed_keys: string[];
  removed: boolean;
  via: Via;
  account_id: string;
  person_id: string;
  role: string;
  at: Date;
}

const mostCounted = 10_000;

@Controller()
export class ReadHistoryHandler {
  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
    private readonly vault: Vault,
  ) {}

  /** 谁填报谁负责、谁审核谁负责: who filled a value, on screen or by which sheet and cell, and who reviewed it at each tier. */
  @Handles(readHistory)
  async read(query: ReadHistory, caller: Caller): Promise<HistoryPage> {
    const owner = { list: readHistory.name, accountId: caller.accountId };
    const before = openCursor<string>(this.vault, query.cursor, owner);
    const limit = query.limit ?? 50;
    if (query.section && !maySeeSection(caller.role, query.section)) throw recordsRefusals.sectionNotFound({});
    const { rows, total, reviews } = await this.work.read(caller, async (_, sql) => {
      const known = await sql(`select id from teacher where id = $1`, [query.teacherId], 'history-teacher');
      if (known.length === 0) throw recordsRefusals.teacherNotFound({});
      const found = await versionsOf(sql, query, caller, before, limit + 1);
      return { ...found, reviews: await reviewsOf(sql, query.teacherId) };
    });
    const page = rows.slice(0, limit);
    const items = page.map((row) => this.itemOf(row, reviews));
    await this.name(items);
    const last = page.at(-1);
    const next = rows.length > limit && last ? sealCursor(this.vault, last.id, owner) : undefined;
    return { items, page: { next, total: Math.min(total, mostCounted), totalIsExact: total <= mostCounted } };
  }

  private itemOf(row: VersionRow, reviews: readonly ReviewedEntry[]): HistoryItem {
    const masked = maskValues(this.vault, row.section, row.entry_id, row.values);
    const changed = Object.fromEntries(row.changed_keys.map((key) => [key, masked[key] ?? null]));
    return {
      id: row.id,
      section: row.section,
      entryId: row.entry_id,
      version: row.version,
      changedKeys: row.changed_keys,
      values: row.removed ? {} : changed,
      what: row.removed ? 'removed' : 'filled',
      by: { accountId: row.account_id, personId: row.person_id, role: row.role },
      via: row.via,
      reviews: reviewsFor(row, reviews),
      at: row.at.toISOString(),
    };
  }

  /** Names beside ids, asked once per page; without identity the ids alone still say who. */
  private async name(items: readonly HistoryItem[]): Promise<void> {
    const actors = items.flatMap((item) => [item.by, ...item.reviews.map((review) => review.by)]);
    const accountIds = [...new Set(actors.map((actor) => actor.accountId))].slice(0, 200);
    if (accountIds.length === 0) return;
    const { labels } = await this.bus
      .ask(labelAccounts, { accountIds })
      .catch(() => ({ labels: [] as AccountLabel[] }));
    const byId = new Map(labels.map((label) => [label.accountId, label]));
    for (const actor of actors) Object.assign(actor, namesIn(byId.get(actor.accountId)));
  }
}

const namesIn = (label: AccountLabel | undefined): Partial<HistoryActor> =>
  label ? { name: label.name, organisationName: label.organisationName } : {};

/** Reviews of the first submission that carried this version of the row, or a later one. */
function reviewsFor(row: VersionRow, reviews: readonly ReviewedEntry[]): HistoryReview[] {
  const carrying = reviews.filter(
    (each) =>
      (each.entryId === row.entry_id && each.version >= row.version) ||
      (row.via.changeRequestId !== undefined && each.changeRequestId === row.via.changeRequestId),
  );
  return carrying.map(({ review }) => ({ ...review, by: { ...review.by } }));
}

async function versionsOf(
  sql: Sql,
  query: ReadHistory,
  caller: Caller,
  before: string | undefined,
  rows: number,
): Promise<{ rows: VersionRow[]; total: number }> {
  const visible = visibleSections(caller.role);
  const params = [
    query.teacherId,
    query.section ?? null,
    query.entryId ?? null,
    query.indicator ?? null,
    visible === 'every' ? null : [...visible],
  ];
  const where = `v.teacher_id = $1 and ($2::text is null or v.section = $2) and ($3::uuid is null or v.entry_id = $3)
    and ($4::text is null or v.changed_keys @> array[$4]) and ($5::text[] is null or v.section = any($5))`;
  const found = await sql<VersionRow>(
    `select v.id, v.entry_id, v.section, v.version, v."values", v.changed_keys, v.removed, v.via, v.account_id, v.person_id, v.role, v.at
     from entry_version v where ${where} and ($6::uuid is null or v.id < $6) order by v.id desc limit $7`,
    [...params, before ?? null, rows],
    'history-page',
  );
  const [counted] = await sql<{ n: number }>(
    `select count(*)::int as n from (select 1 from entry_version v where ${where} limit ${mostCounted + 1}) counted`,
    params,
    'history-count',
  );
  return { rows: found, total: counted?.n ?? 0 };
}
