import { BusClient, faultWords } from '@shidang/bus';
import { measureBacklog, type Turn, type UrgingAudience } from '@shidang/contracts';
import { Work, type Sql, type Statement } from '@shidang/persistence';
import { Injectable, Logger } from '@nestjs/common';
import { NotificationsConfig } from '../notifications.config';
import { ClimbUrgings } from './climb-urgings';
import { Clock } from './clock';
import { deliveryFrom, quietHoursOf } from './quiet-hours';
import { tellUrged } from './tell-urged';

interface Watched {
  id: string;
  audience: UrgingAudience;
  organisations: string[] | null;
  places: { code: string; turn: Turn }[];
}

interface Counted {
  code: string;
  turn: Turn;
  n: number;
}

interface ToTell {
  isDue: boolean;
  isAnswered: boolean;
}

const mostAsked = 1_000;

/** Delivers what was held, tells senders of answers, stops what is done, lets climb what nobody answers. Safe to run twice. */
@Injectable()
export class FollowUrgings {
  private readonly log = new Logger('FollowUrgings');

  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
    private readonly clock: Clock,
    private readonly climbing: ClimbUrgings,
    private readonly config: NotificationsConfig,
  ) {}

  /** After a commit that no fault here undoes: the loop carries on with it. */
  async soon(): Promise<void> {
    await this.tell(this.clock.now());
  }

  /** None of it waits for reporting but the check. */
  async run(): Promise<void> {
    const now = this.clock.now();
    await this.tell(now);
    await this.attempt('check', () => this.check(now));
    const quiet = quietHoursOf(this.config.URGING_QUIET_HOURS);
    if (deliveryFrom(now, quiet) <= now) await this.attempt('climb', () => this.climbing.run(now));
  }

  private async tell(now: Date): Promise<void> {
    await this.attempt('look', async () => {
      const { isDue, isAnswered } = await this.look(now);
      if (isDue) await this.attempt('deliver', () => this.deliver(now));
      if (isAnswered) await this.attempt('tell-answers', () => this.tellAnswers(now));
    });
  }

  /** What there is to tell, in one round trip: mostly nothing. */
  private async look(now: Date): Promise<ToTell> {
    const text = `select exists (select from urging where delivered_at is null and done_at is null and deliver_at <= $1) as "isDue",
        exists (select from urging_reply where told_at is null) as "isAnswered"`;
    const [look] = await this.work.lookBeyond<ToTell>('jobs', { name: 'urgings-look', text, params: [now] });
    return look!;
  }

  private async attempt(notDone: string, run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.log.warn({ notDone, fault: faultWords(error).words });
    }
  }

  private async deliver(now: Date): Promise<void> {
    const told = await this.work.beyond('jobs', async (_, sql) => {
      const accounts: string[] = [];
      const due = await sql<{ id: string; sender_code: string }>(
        `update urging set delivered_at = $1 where id in (
           select id from urging where delivered_at is null and done_at is null and deliver_at <= $1
           order by deliver_at limit 20 for update skip locked) returning id, sender_code`,
        [now],
        'urgings-due',
      );
      for (const { id, sender_code } of due) {
        const reached = await sql<{ account_id: string; post_id: string }>(
          `update urging_recipient set delivered_at = $2 where urging_id = $1 and ended_at is null returning account_id, post_id`,
          [id, now],
        );
        await tellUrged(sql, { kind: 'urging', urgingId: id, organisation: sender_code, at: now }, reached);
        accounts.push(...reached.map(({ account_id }) => account_id));
      }
      return accounts;
    });
    this.ring(told);
  }

  /** Whose notices changed: their open pages ask again. */
  private ring(accounts: readonly string[]): void {
    for (const account of new Set(accounts)) this.bus.hint('account', account);
  }

  private async tellAnswers(now: Date): Promise<void> {
    const told = await this.work.beyond('jobs', async (_, sql) => {
      const answers = await sql<{ urging_id: string; sender_account: string; sender_post: string; code: string }>(
        `update urging_reply y set told_at = $1 from urging u
         where u.id = y.urging_id and y.id in (select id from urging_reply where told_at is null order by at limit 100 for update skip locked)
         returning y.urging_id, u.sender_account, u.sender_post, u.sender_code as code`,
        [now],
        'urging-answers',
      );
      for (const { urging_id, sender_account, sender_post, code } of answers) {
        const about = { kind: 'urging-answered', urgingId: urging_id, organisation: code, at: now } as const;
        await tellUrged(sql, about, [{ account_id: sender_account, post_id: sender_post }]);
      }
      return answers.map(({ sender_account }) => sender_account);
    });
    this.ring(told);
  }

  /** Reporting is asked what is left; where nothing is, the urging is over, delivered or not. */
  private async check(now: Date): Promise<void> {
    const before = new Date(now.getTime() - this.config.URGING_CHECK_SECONDS * 1_000);
    const watched = await this.work.lookBeyond<Watched>('jobs', oldestUnchecked(before));
    for (const urging of watched) {
      try {
        const counted = await this.countedAgain(urging);
        await this.work.beyond('jobs', (_, sql) => keepCounts(sql, urging.id, counted, now));
      } catch (error) {
        this.log.warn({ notCounted: urging.id, fault: faultWords(error).words });
        await this.work.beyond('jobs', (_, sql) =>
          sql(`update urging set tried_at = $2 where id = $1`, [urging.id, now]),
        );
        // the others come with the next run: nothing waits for twenty timeouts
        return;
      }
    }
  }

  private async countedAgain({ audience, organisations, places }: Watched): Promise<Counted[]> {
    const atActors = audience === 'actors';
    const counted: Counted[] = [];
    for (let at = 0; at < places.length; at += mostAsked) {
      const asked = places.slice(at, at + mostAsked).map((place) => ({ ...place, atActors }));
      const measured = await this.bus.ask(measureBacklog, { places: asked, within: organisations ?? undefined });
      counted.push(...measured.places);
    }
    return counted;
  }
}

const oldestUnchecked = (before: Date): Statement => ({
  name: 'urgings-unchecked',
  text: `select u.id, u.audience, u.organisations, (select json_agg(json_build_object('code', code, 'turn', turn)) from urging_place where urging_id = u.id) as places
     from urging u where u.done_at is null and greatest(u.checked_at, u.tried_at) <= $1 order by greatest(u.checked_at, u.tried_at) limit 20`,
  params: [before],
});

async function keepCounts(sql: Sql, id: string, counted: readonly Counted[], now: Date): Promise<void> {
  await sql(
    `update urging_place p set "left" = c.n from unnest($2::text[], $3::text[], $4::int[]) as c (code, turn, n)
     where p.urging_id = $1 and p.code = c.code and p.turn = c.turn`,
    [id, counted.map(({ code }) => code), counted.map(({ turn }) => turn), counted.map(({ n }) => n)],
  );
  await sql(
    `update urging set checked_at = $2,
       done_at = case when exists (select 1 from urging_place where urging_id = $1 and "left" > 0) then done_at else $2::timestamptz end
     where id = $1 and done_at is null`,
    [id, now],
  );
}

/** Runs now and then until stopped; never twice at a time. */
export function keepFollowing(following: FollowUrgings, milliseconds = 2_000): () => Promise<void> {
  const log = new Logger('FollowUrgings');
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(() => following.run())
      .catch((error: unknown) => log.error({ failed: 'urgings', fault: faultWords(error).words }));
  }, milliseconds);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
