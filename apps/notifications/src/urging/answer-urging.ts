import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  acknowledgeUrging,
  answerUrging,
  notificationsRefusals,
  type AnswerUrging,
  type UrgingRef,
  type UrgingSummary,
  type UrgingView,
} from '@shidang/contracts';
import { audited, newId, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { Clock } from './clock';
import { FollowUrgings } from './follow-urgings';
import { viewOf } from './read-urging';
import { summaryOf, urgingOf } from './urging-rows';

/** What a recipient does: opening makes the receipt, answering is kept word for word. */
@Controller()
export class AnswerUrgingHandler {
  constructor(
    private readonly work: Work,
    private readonly clock: Clock,
    private readonly following: FollowUrgings,
  ) {}

  @Handles(acknowledgeUrging)
  acknowledge({ urgingId }: UrgingRef, caller: Caller): Promise<UrgingSummary> {
    const now = this.clock.now();
    return this.work.as(caller, async (em, sql) => {
      await addressed(sql, caller, urgingId);
      audited(em, { object: `urging:${urgingId}` });
      await markRead(sql, caller, urgingId, now);
      return summaryOf((await urgingOf(sql, caller, urgingId))!, now);
    });
  }

  @Handles(answerUrging)
  async answer({ urgingId, words }: AnswerUrging, caller: Caller): Promise<UrgingView> {
    const now = this.clock.now();
    const view = await this.work.as(caller, async (em, sql) => {
      const mine = await addressed(sql, caller, urgingId);
      audited(em, { object: `urging:${urgingId}`, after: words });
      await markRead(sql, caller, urgingId, now);
      await sql(
        `insert into urging_reply (id, urging_id, account_id, role, org_path, name, sender_path, words, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [newId(), urgingId, caller.accountId, mine.role, mine.org_path, mine.name, mine.sender_path, words, now],
      );
      await sql(`update urging_recipient set replied_at = $3 where urging_id = $1 and account_id = $2`, [
        ...[urgingId, caller.accountId, now],
      ]);
      return viewOf(sql, caller, urgingId, now);
    });
    await this.following.soon();
    return view;
  }
}

interface Copy {
  role: string;
  org_path: string;
  name: string;
  sender_path: string;
}

/** Whoever sees it as its sender is told whose it is; for everybody else it is not there. */
async function addressed(sql: Sql, caller: Caller, urgingId: string): Promise<Copy> {
  const [mine] = await sql<Copy & Record<string, unknown>>(
    `select role, org_path, name, sender_path from urging_recipient
     where urging_id = $1 and account_id = $2 and delivered_at is not null and ended_at is null for update`,
    [urgingId, caller.accountId],
  );
  if (mine) return mine;
  const seen = await urgingOf(sql, caller, urgingId);
  throw seen?.is_sender ? notificationsRefusals.notAddressed({}) : notificationsRefusals.urgingNotFound({});
}

/** With the last copy read, the one notice that led to them is read too. */
async function markRead(sql: Sql, caller: Caller, urgingId: string, now: Date): Promise<void> {
  await sql(`update urging_recipient set read_at = $3 where urging_id = $1 and account_id = $2 and read_at is null`, [
    urgingId,
    caller.accountId,
    now,
  ]);
  await sql(
    `update notice set read_at = now() where account_id = $1 and kind in ('urging', 'urging-climbed') and read_at is null and not exists (
       select 1 from urging_recipient where account_id = $1 and delivered_at is not null and ended_at is null and read_at is null)`,
    [caller.accountId],
  );
}
