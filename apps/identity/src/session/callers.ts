import type { Caller, Role, Tier } from '@shidang/access';
import { CallerSigner, callerTokenSeconds } from '@shidang/bus';
import type { Sql } from '@shidang/persistence';
import { Injectable } from '@nestjs/common';
import { livePost } from '../account/account-view';
import { IdentityConfig } from '../identity.config';
import { dateOf, type Moment } from '../moment';

export interface CallerRow {
  account_id: string;
  post_id: string;
  person_id: string;
  teacher_id: string | null;
  role: Role;
  tier: Tier;
  org_path: string;
  org_code: string;
  password_set_at: Moment;
}

/** An account in use acting in a post that is good: what every token says, and nothing of it is older than the query. */
export const callerColumns = `a.id as account_id, p.id as post_id, a.person_id, a.teacher_id, p.role, p.tier, p.org_path, p.org_code, a.password_set_at`;
export const callerCondition = `a.status = 'active' and ${livePost}`;

export const callerOf = (row: CallerRow): Caller => ({
  accountId: row.account_id,
  personId: row.person_id,
  postId: row.post_id,
  role: row.role,
  tier: row.tier,
  orgPath: row.org_path,
  orgCode: row.org_code,
  ...(row.role === 'teacher' && row.teacher_id && { teacherId: row.teacher_id }),
});

/** Who this account is in this post right now; undefined when it no longer is. */
export async function callerIn(sql: Sql, accountId: string, postId: string): Promise<CallerRow | undefined> {
  const [row] = await sql<CallerRow & Record<string, unknown>>(
    `select ${callerColumns} from account a join post p on p.account_id = a.id where a.id = $1 and p.id = $2 and ${callerCondition}`,
    [accountId, postId],
    'caller-in',
  );
  return row;
}

/** Signs callers for one request and its deadline; the time is never extended, a new token is a new look-up. */
@Injectable()
export class Callers {
  private signer?: Promise<CallerSigner>;

  constructor(private readonly config: IdentityConfig) {}

  async sign(caller: Caller): Promise<{ token: string; expiresAt: string }> {
    this.signer ??= CallerSigner.from(this.config.IDENTITY_PRIVATE_KEY);
    const expiresAt = new Date(Date.now() + callerTokenSeconds * 1000).toISOString();
    return { token: await (await this.signer).sign(caller), expiresAt };
  }

  /** Administrators change their password on expiry. */
  mustChangePassword(row: Pick<CallerRow, 'role' | 'password_set_at'>, now: Date): boolean {
    const { PASSWORD_DAYS: days } = this.config;
    const administers = row.role === 'systemAdministrator' || row.role === 'informationAdministrator';
    return administers && days > 0 && now.getTime() - dateOf(row.password_set_at).getTime() > days * 86_400_000;
  }

  idleSeconds(role: Role): number {
    return role === 'teacher' ? this.config.SESSION_IDLE_TEACHER_SECONDS : this.config.SESSION_IDLE_SECONDS;
  }
}
