import { codeOfPath, type Caller } from '@shidang/access';
import { BusClient } from '@shidang/bus';
import {
  listBacklog,
  notificationsRefusals,
  turns,
  type Backlog,
  type BacklogPlace,
  type Turn,
  type UrgingWish,
} from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Injectable } from '@nestjs/common';
import { NotificationsConfig } from '../notifications.config';
import { Clock } from './clock';
import { dayInChina, deliveryFrom, isRealDay, quietHoursOf } from './quiet-hours';

export interface PlannedRecipient {
  account_id: string;
  post_id: string;
  role: string;
  org_path: string;
  teacher_id: string | null;
}

/** Who will be told what and when: the preview shows it, sending does it. */
export interface UrgingPlan {
  readonly sender: Backlog['asker'];
  readonly turns: Turn[];
  readonly places: BacklogPlace[];
  readonly recipients: PlannedRecipient[];
  readonly now: Date;
  readonly deliverAt: Date;
}

const mostRecipients = 5_000;
const urged: readonly Turn[] = turns.filter((turn) => turn !== 'nobody');

@Injectable()
export class PlanUrging {
  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
    private readonly clock: Clock,
    private readonly config: NotificationsConfig,
  ) {}

  /** The backlog is reporting's answer to this very caller: row-level security keeps it at or below his own range. */
  async of(wish: UrgingWish, caller: Caller): Promise<UrgingPlan> {
    const now = this.clock.now();
    if (wish.dueOn && (!isRealDay(wish.dueOn) || wish.dueOn < dayInChina(now)))
      throw notificationsRefusals.dueDayPassed({ dueOn: wish.dueOn });
    const asked = wish.turns?.filter((turn) => turn !== 'nobody') ?? [...urged];
    const atActors = wish.audience !== 'organisations';
    const { asker, places: found } = await this.bus.request(listBacklog, {
      organisations: wish.organisations,
      turns: asked,
      atActors,
    });
    // nobody urges himself
    const places = found.filter(({ orgPath }) => orgPath !== caller.orgPath);
    if (places.length === 0) throw notificationsRefusals.nothingToUrge({});
    const recipients = await this.recipientsOf(places, caller);
    if (recipients.length > mostRecipients) throw notificationsRefusals.tooManyToUrge({ most: mostRecipients });
    const deliverAt = deliveryFrom(now, quietHoursOf(this.config.URGING_QUIET_HOURS));
    return { sender: asker, turns: asked, places, recipients, now, deliverAt };
  }

  /** Each account once, in the post nearest to the root. */
  private recipientsOf(places: readonly BacklogPlace[], caller: Caller): Promise<PlannedRecipient[]> {
    const offices = places.filter(({ teacherIds }) => !teacherIds).map(({ orgPath }) => orgPath);
    const teachers = places.flatMap(({ teacherIds }) => teacherIds ?? []);
    return this.work.beyond('jobs', (_, sql) =>
      sql<PlannedRecipient & Record<string, unknown>>(
        `select distinct on (account_id) account_id, post_id, role, org_path, teacher_id from (
           select * from post where not ended and org_path = any($1) and role in ('informationAdministrator', 'principal')
           union all select * from post where not ended and teacher_id = any($2::uuid[])
         ) holder where account_id <> $3 order by account_id, org_path, role limit ${mostRecipients + 1}`,
        [offices, teachers, caller.accountId],
        'urging-recipients',
      ),
    );
  }
}

/** Places at which nobody holds a post that could be told. */
export function unreachableOf({ places, recipients }: UrgingPlan): BacklogPlace[] {
  const reached = new Set(recipients.map(({ org_path }) => org_path));
  const seen = new Set<string>();
  return places.filter(({ orgPath }) => !reached.has(orgPath) && !seen.has(orgPath) && Boolean(seen.add(orgPath)));
}

/** What one of them is told of: his own place and what lies below it. */
export const placesFor = ({ places }: UrgingPlan, { org_path }: PlannedRecipient): BacklogPlace[] =>
  places.filter(({ orgPath }) => orgPath.startsWith(org_path));

export const nameAt = ({ places }: UrgingPlan, path: string): string =>
  places.find(({ orgPath }) => orgPath === path)?.organisation.name ?? codeOfPath(path);
