import type { Caller } from '@shidang/access';
import { BusClient, Handles } from '@shidang/bus';
import {
  labelAccounts,
  listUrgingReceipts,
  notificationsRefusals,
  type ListUrgingReceipts,
  type ReceiptState,
  type UrgingReceipt,
  type UrgingReceiptPage,
} from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { iso, organisationAt, urgingOf } from './urging-rows';

interface Row {
  id: string;
  account_id: string;
  role: string;
  teacher_id: string | null;
  org_path: string;
  name: string;
  climbed: boolean;
  delivered_at: string | null;
  read_at: string | null;
  replied_at: string | null;
  reply: string | null;
  of: number;
}

type Place = readonly [orgPath: string, id: string];

const states: Readonly<Record<ReceiptState, string>> = {
  unread: 'read_at is null',
  read: 'read_at is not null',
  unanswered: 'replied_at is null',
  answered: 'replied_at is not null',
};

@Controller()
export class ListUrgingReceiptsHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly bus: BusClient,
  ) {}

  @Handles(listUrgingReceipts)
  async list(query: ListUrgingReceipts, caller: Caller): Promise<UrgingReceiptPage> {
    const { urgingId, state, cursor, limit = 50 } = query;
    const owner = { list: `${listUrgingReceipts.name}:${urgingId}`, accountId: caller.accountId };
    const after = openCursor<Place>(this.vault, cursor, owner) ?? [null, null];
    const rows = await this.work.read(caller, async (_, sql) => {
      // one's own copy does not open those of the others
      if (!(await urgingOf(sql, caller, urgingId))?.is_sender) throw notificationsRefusals.urgingNotFound({});
      return receiptsOf(sql, state, [urgingId, ...after, limit + 1]);
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const names = await this.namesOf(page.map(({ account_id }) => account_id));
    return {
      items: page.map((row) => receiptOf(row, names)),
      page: {
        next: last && rows.length > limit ? sealCursor(this.vault, [last.org_path, last.id], owner) : undefined,
        total: last?.of ?? 0,
        totalIsExact: true,
      },
    };
  }

  /** Without identity receipts without names are better than none. */
  private async namesOf(accountIds: string[]): Promise<Map<string, string>> {
    if (accountIds.length === 0) return new Map();
    const { labels } = await this.bus.ask(labelAccounts, { accountIds }).catch(() => ({ labels: [] }));
    return new Map(labels.map(({ accountId, name }) => [accountId, name]));
  }
}

const receiptsOf = (sql: Sql, state: ReceiptState | undefined, params: readonly unknown[]): Promise<Row[]> =>
  sql<Row & Record<string, unknown>>(
    `select * from (
       select r.*, count(*) over ()::int as of,
         (select words from urging_reply y where y.urging_id = r.urging_id and y.account_id = r.account_id order by at desc limit 1) as reply
       from urging_recipient r where urging_id = $1 and ${state ? states[state] : 'true'}) found
     where $2::text is null or (org_path, id) > ($2::text collate "C", $3::uuid) order by org_path, id limit $4`,
    params,
  );

const receiptOf = (row: Row, names: ReadonlyMap<string, string>): UrgingReceipt => ({
  id: row.id,
  organisation: organisationAt(row.org_path, row.name),
  role: row.role,
  teacherId: row.teacher_id ?? undefined,
  name: names.get(row.account_id),
  climbed: row.climbed,
  deliveredAt: iso(row.delivered_at),
  readAt: iso(row.read_at),
  repliedAt: iso(row.replied_at),
  reply: row.reply ?? undefined,
});
