import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { notificationsRefusals, sendUrging, type SendUrging, type UrgingView } from '@shidang/contracts';
import { audited, newId, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { NotificationsConfig } from '../notifications.config';
import { FollowUrgings } from './follow-urgings';
import { endOfDay } from './quiet-hours';
import { viewOf } from './read-urging';
import { nameAt, PlanUrging, type UrgingPlan } from './urging-plan';

const hour = 3_600_000;

@Controller()
export class SendUrgingHandler {
  constructor(
    private readonly work: Work,
    private readonly plans: PlanUrging,
    private readonly following: FollowUrgings,
    private readonly config: NotificationsConfig,
  ) {}

  @Handles(sendUrging)
  async send(wish: SendUrging, caller: Caller): Promise<UrgingView> {
    const plan = await this.plans.of(wish, caller);
    if (plan.recipients.length === 0) throw notificationsRefusals.nobodyToUrge({});
    const view = await this.work.as(caller, async (em, sql) => {
      const id = newId();
      await insertUrging(sql, id, wish, plan, caller, this.climbsAt(wish, plan));
      await insertPlaces(sql, id, plan, caller.orgPath);
      await insertRecipients(sql, id, plan, caller.orgPath);
      audited(em, { object: `urging:${id}`, after: { ...wish, recipients: plan.recipients.length } });
      return viewOf(sql, caller, id, plan.now);
    });
    await this.following.soon();
    return view;
  }

  /** Grace begins when the due day is over, or with the delivery. */
  private climbsAt({ replyRequired, dueOn }: SendUrging, { deliverAt }: UrgingPlan): Date | null {
    if (!replyRequired) return null;
    const from = Math.max(deliverAt.getTime(), dueOn ? endOfDay(dueOn).getTime() : 0);
    return new Date(from + this.config.URGING_GRACE_HOURS * hour);
  }
}

async function insertUrging(
  sql: Sql,
  id: string,
  wish: SendUrging,
  { sender, turns, now, deliverAt }: UrgingPlan,
  caller: Caller,
  climbsAt: Date | null,
): Promise<void> {
  await sql(
    `insert into urging (id, sender_account, sender_post, org_path, sender_code, sender_name, audience, turns, words, due_on, reply_required,
       sent_at, deliver_at, climbs_at, checked_at, organisations)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $12, $15)`,
    [
      ...[
        id,
        caller.accountId,
        caller.postId,
        caller.orgPath,
        caller.orgCode,
        sender.name,
        wish.audience ?? 'actors',
        turns,
      ],
      ...[wish.words ?? null, wish.dueOn ?? null, wish.replyRequired ?? false, now, deliverAt, climbsAt],
      wish.organisations,
    ],
  );
}

async function insertPlaces(sql: Sql, id: string, { places }: UrgingPlan, senderPath: string): Promise<void> {
  const rows = places.map(({ organisation, orgPath, turn, n }) => ({
    code: organisation.code,
    turn,
    name: organisation.name,
    tier: organisation.tier,
    org_path: orgPath,
    n,
  }));
  await sql(
    `insert into urging_place (urging_id, code, turn, name, tier, org_path, sender_path, n, "left")
     select $1, code, turn, name, tier, org_path, $2, n, n
     from jsonb_to_recordset($3::jsonb) as row (code text, turn text, name text, tier text, org_path text, n int)`,
    [id, senderPath, JSON.stringify(rows)],
  );
}

async function insertRecipients(sql: Sql, id: string, plan: UrgingPlan, senderPath: string): Promise<void> {
  const rows = plan.recipients.map((recipient) => ({
    ...recipient,
    id: newId(),
    name: nameAt(plan, recipient.org_path),
  }));
  await sql(
    `insert into urging_recipient (id, urging_id, account_id, post_id, role, teacher_id, org_path, name, sender_path)
     select id, $1, account_id, post_id, role, teacher_id, org_path, name, $2
     from jsonb_to_recordset($3::jsonb) as row (id uuid, account_id uuid, post_id uuid, role text, teacher_id uuid, org_path text, name text)`,
    [id, senderPath, JSON.stringify(rows)],
  );
}
