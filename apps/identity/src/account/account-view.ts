import type { Role, Tier } from '@shidang/access';
import type { AccountState, AccountStatus, AccountView } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';
import { isoOf, isoOrNone, type Moment } from '../moment';

interface PostJson {
  id: string;
  role: Role;
  tier: Tier;
  organisation: string;
  organisationName: string;
  expiresAt: Moment | null;
}

export interface AccountRow {
  id: string;
  login_name: string;
  status: AccountStatus;
  state: AccountState;
  name: string | null;
  org_code: string;
  teacher_id: string | null;
  locked_until: Moment | null;
  last_login_at: Moment | null;
  created_at: Moment;
  version: number;
  posts: PostJson[];
  slip: Moment | null;
}

/** The slip `c` in somebody's hands, whether it is still good or not. */
const slipInHand = `c.redeemed_at is null and c.voided_at is null`;
/** A slip `c` that can still be redeemed. */
const openSlip = `${slipInHand} and c.expires_at > now()`;

export const livePost = `p.ended_at is null and (p.expires_at is null or p.expires_at > now())`;

/** Of account `a`: who is locked waits for minutes, who has no good slip for his administrator. */
export const accountState = `case when a.status = 'disabled' then 'disabled' when a.locked_until > now() then 'locked'
  when a.status = 'active' then 'active'
  when exists (select 1 from activation_code c where c.account_id = a.id and ${openSlip}) then 'waiting'
  when exists (select 1 from activation_code c where c.account_id = a.id and ${slipInHand}) then 'expired' else 'unissued' end`;

/** Posts and the open slip as far as the caller's scope reaches. */
export const accountColumns = `a.id, a.login_name, a.status, ${accountState} as state, a.name, a.org_code, a.teacher_id,
  case when a.locked_until > now() then a.locked_until end as locked_until, a.last_login_at, a.created_at, a.version,
  coalesce((select json_agg(json_build_object('id', p.id, 'role', p.role, 'tier', p.tier, 'organisation', p.org_code,
      'organisationName', o.name, 'expiresAt', p.expires_at) order by p.role = 'teacher', p.granted_at, p.id)
    from post p join organisation o on o.code = p.org_code where p.account_id = a.id and ${livePost}), '[]') as posts,
  (select c.expires_at from activation_code c where c.account_id = a.id and ${openSlip}) as slip`;

export async function accountView(sql: Sql, accountId: string, currentPost?: string): Promise<AccountView | undefined> {
  const [row] = await sql<AccountRow>(
    `select ${accountColumns} from account a where a.id = $1`,
    [accountId],
    'account-view',
  );
  return row && toAccountView(row, currentPost);
}

export const toAccountView = (row: AccountRow, currentPost?: string): AccountView => ({
  id: row.id,
  loginName: row.login_name,
  status: row.status,
  state: row.state,
  name: row.name ?? undefined,
  organisation: row.org_code,
  teacherId: row.teacher_id ?? undefined,
  posts: row.posts.map((post) => ({
    ...post,
    expiresAt: isoOrNone(post.expiresAt),
    current: post.id === currentPost,
  })),
  lockedUntil: isoOrNone(row.locked_until),
  slipExpiresAt: isoOrNone(row.slip),
  lastLoginAt: isoOrNone(row.last_login_at),
  createdAt: isoOf(row.created_at),
  etag: String(row.version),
});
