import { codeOfPath, rangeOf, tierOfPath, type Caller } from '@shidang/access';
import type { Turn, UrgedOrganisation, UrgingAudience, UrgingStage, UrgingSummary } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';

type Moment = string;

export interface UrgingRow {
  id: string;
  sender_code: string;
  sender_name: string;
  org_path: string;
  audience: UrgingAudience;
  turns: Turn[];
  words: string | null;
  due_on: string | null;
  reply_required: boolean;
  sent_at: Moment;
  sent_place: string;
  deliver_at: Moment;
  delivered_at: Moment | null;
  climbed_at: Moment | null;
  checked_at: Moment;
  done_at: Moment | null;
  backlog: number;
  left: number;
  is_sender: boolean;
  recipients: number;
  read: number;
  replied: number;
  mine_delivered: Moment | null;
  mine_read: Moment | null;
  mine_replied: Moment | null;
  mine_climbed: boolean | null;
  mine_teacher: string | null;
  of: number;
}

/** `$1`, `$2` the caller's range, `$3` his account; row-level security has cut both before. */
export const urgingRows = `
  select u.id, u.sender_code, u.sender_name, u.org_path, u.audience, u.turns, u.words, u.due_on::text, u.reply_required, u.sent_at,
    u.sent_at::text as sent_place, u.deliver_at, u.delivered_at, u.climbed_at, u.checked_at, u.done_at,
    u.org_path >= $1 and u.org_path < $2 as is_sender,
    mine.delivered_at as mine_delivered, mine.read_at as mine_read, mine.replied_at as mine_replied, mine.climbed as mine_climbed,
    mine.teacher_id as mine_teacher
  from urging u left join urging_recipient mine
    on mine.urging_id = u.id and mine.account_id = $3 and mine.delivered_at is not null and mine.ended_at is null`;

/** With its sums, for the rows of one page. */
export const summed = (page: string): string => `
  select p.*, places.backlog, places."left", told.recipients, told.read, told.replied from (${page}) p
  cross join lateral (select coalesce(sum(n), 0)::int as backlog, coalesce(sum("left"), 0)::int as "left" from urging_place where urging_id = p.id) places
  cross join lateral (select count(*)::int as recipients, count(read_at)::int as read, count(replied_at)::int as replied
    from urging_recipient where urging_id = p.id) told`;

export const scopeOf = (caller: Caller): [low: string, high: string, account: string] => {
  const { low, high } = rangeOf(caller.orgPath);
  return [low, high, caller.accountId];
};

export async function urgingOf(sql: Sql, caller: Caller, id: string): Promise<UrgingRow | undefined> {
  const [row] = await sql<UrgingRow & Record<string, unknown>>(
    summed(`${urgingRows} where u.id = $4`),
    [...scopeOf(caller), id],
    'urging-of',
  );
  return row;
}

export const iso = (moment: Moment | null): string | undefined => (moment ? new Date(moment).toISOString() : undefined);

export const organisationAt = (path: string, name: string): UrgedOrganisation => ({
  code: codeOfPath(path),
  name,
  tier: tierOfPath(path),
});

function stageOf(row: UrgingRow, now: Date): UrgingStage {
  if (row.done_at) return 'done';
  if (row.climbed_at) return 'climbed';
  return row.delivered_at || new Date(row.deliver_at) <= now ? 'sent' : 'held';
}

/** Sums of receipts are the sender's and those above; the others see their own copy. */
export const summaryOf = (row: UrgingRow, now: Date): UrgingSummary => ({
  id: row.id,
  sender: organisationAt(row.org_path, row.sender_name),
  stage: stageOf(row, now),
  audience: row.audience,
  turns: row.turns,
  words: row.words ?? undefined,
  dueOn: row.due_on ?? undefined,
  replyRequired: row.reply_required,
  sentAt: iso(row.sent_at)!,
  deliverAt: iso(row.deliver_at)!,
  climbedAt: iso(row.climbed_at),
  doneAt: iso(row.done_at),
  backlog: row.backlog,
  left: row.left,
  checkedAt: iso(row.checked_at),
  ...(row.is_sender ? { recipients: row.recipients, read: row.read, replied: row.replied } : {}),
  ...(row.mine_delivered
    ? {
        mine: {
          deliveredAt: iso(row.mine_delivered)!,
          readAt: iso(row.mine_read),
          repliedAt: iso(row.mine_replied),
          climbed: row.mine_climbed ?? false,
        },
      }
    : {}),
});
