import { Handles } from '@shidang/bus';
import {
  EndedSessions,
  FindEndedSessions,
  findEndedSessions,
  identityRefusals,
  RenewCaller,
  renewCaller,
  ResolveSession,
  resolveSession,
  SessionResolved,
  CallerRenewed,
} from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { isoOf, type Moment } from '../moment';
import { callerColumns, callerCondition, callerIn, callerOf, Callers, type CallerRow } from './callers';
import { tokenHash } from './token';

interface SessionRow extends CallerRow, Record<string, unknown> {
  session_id: string;
  ends_at: Moment;
  /** Idle time is written down coarsely: once per tenth of what is allowed. */
  stale: boolean;
}

const liveSession = `from session s join account a on a.id = s.account_id join post p on p.id = s.post_id and p.account_id = a.id
  where s.ended_at is null and s.ends_at > now() and s.seen_at > now() - make_interval(secs => s.idle_seconds)
    and s.created_at >= a.sessions_from and ${callerCondition}`;

@Controller()
export class ResolveSessionHandler {
  constructor(
    private readonly work: Work,
    private readonly callers: Callers,
  ) {}

  /** A6: looked up every time it is asked, so a disabled account, an ended post or a new password refuses the next request. */
  @Handles(resolveSession)
  async resolve(query: ResolveSession): Promise<SessionResolved> {
    const [row] = await this.work.lookBeyond<SessionRow>('sign-in', {
      name: 'resolve-session',
      text: `select ${callerColumns}, s.id as session_id, s.ends_at,
           s.seen_at < now() - make_interval(secs => s.idle_seconds / 10.0) as stale
         ${liveSession} and s.token_hash = $1`,
      params: [tokenHash(query.token)],
    });
    if (row?.stale && !query.passive) await this.seen(row.session_id);
    if (!row) throw identityRefusals.sessionEnded({});
    const { token, expiresAt } = await this.callers.sign(callerOf(row));
    return {
      callerToken: token,
      callerExpiresAt: expiresAt,
      sessionExpiresAt: isoOf(row.ends_at),
      mustChangePassword: this.callers.mustChangePassword(row, new Date()),
    };
  }

  /** For the open streams of a gateway, together; whoever merely watches is not active. */
  @Handles(findEndedSessions)
  async findEnded({ tokens }: FindEndedSessions): Promise<EndedSessions> {
    const hashes = tokens.map(tokenHash);
    const rows = await this.work.beyond('sign-in', (_, sql) =>
      sql<{ token_hash: string }>(
        `select s.token_hash ${liveSession} and s.token_hash = any($1)`,
        [hashes],
        'find-ended-sessions',
      ),
    );
    const live = new Set(rows.map((row) => row.token_hash));
    return { ended: hashes.flatMap((hash, at) => (live.has(hash) ? [] : [at])) };
  }

  private seen(sessionId: string): Promise<unknown> {
    return this.work.beyond('sign-in', (_, sql) =>
      sql(`update session set seen_at = now() where id = $1`, [sessionId], 'session-seen'),
    );
  }

  /** A long job asks before every chunk; refused, it stops with that reason. */
  @Handles(renewCaller)
  async renew(query: RenewCaller): Promise<CallerRenewed> {
    const row = await this.work.beyond('sign-in', (_, sql) => callerIn(sql, query.accountId, query.postId));
    if (!row) throw identityRefusals.sessionEnded({});
    const { token, expiresAt } = await this.callers.sign(callerOf(row));
    return { callerToken: token, expiresAt };
  }
}
