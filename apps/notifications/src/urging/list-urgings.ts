import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { listUrgings, type ListUrgings, type UrgingPage } from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { Clock } from './clock';
import { scopeOf, summaryOf, summed, urgingRows, type UrgingRow } from './urging-rows';

type Place = readonly [sentAt: string, id: string];

const boxes = {
  sent: 'u.org_path >= $1 and u.org_path < $2',
  received: 'mine.delivered_at is not null',
} as const;

const states: Readonly<Record<NonNullable<ListUrgings['state']>, string>> = {
  open: 'u.done_at is null',
  done: 'u.done_at is not null',
  unread: 'mine.read_at is null and u.done_at is null',
  unanswered: 'u.reply_required and mine.replied_at is null and u.done_at is null',
};

@Controller()
export class ListUrgingsHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  @Handles(listUrgings)
  list({ box, state, cursor, limit = 20 }: ListUrgings, caller: Caller): Promise<UrgingPage> {
    const owner = { list: `${listUrgings.name}:${box}`, accountId: caller.accountId };
    const after = openCursor<Place>(this.vault, cursor, owner) ?? [null, null];
    const mineOnly = box === 'received' || state === 'unread' || state === 'unanswered';
    const where = [boxes[box], ...(mineOnly ? [boxes.received] : []), ...(state ? [states[state]] : [])].join(' and ');
    const matching = `select *, count(*) over ()::int as of from (${urgingRows} where ${where}) found`;
    const page = `select * from (${matching}) numbered where $4::timestamptz is null or (sent_at, id) < ($4::timestamptz, $5::uuid)
      order by sent_at desc, id desc limit $6`;
    return this.work.read(caller, async (_, sql) => {
      const rows = await sql<UrgingRow & Record<string, unknown>>(
        `${summed(page)} order by p.sent_at desc, p.id desc`,
        [...scopeOf(caller), ...after, limit + 1],
      );
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const now = this.clock.now();
      return {
        items: items.map((row) => summaryOf(row, now)),
        page: {
          next: last && rows.length > limit ? sealCursor(this.vault, [last.sent_place, last.id], owner) : undefined,
          total: last?.of ?? 0,
          totalIsExact: true,
        },
      };
    });
  }
}
