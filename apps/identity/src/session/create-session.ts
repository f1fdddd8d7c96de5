import { Handles } from '@shidang/bus';
import { CreateSession, createSession, identityRefusals, SessionCreated } from '@shidang/contracts';
import { audited, newId, Work, writeAudit, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { accountView } from '../account/account-view';
import { afterFailure, isLocked, type Lockable } from '../account/lockout';
import { IdentityConfig } from '../identity.config';
import { dateOf, type Moment } from '../moment';
import { PersonRegistry } from '../person/person-registry';
import { callerColumns, callerCondition, Callers, type CallerRow } from './callers';
import { Passwords } from './passwords';
import { newToken, tokenHash } from './token';

interface LogIn extends Record<string, unknown> {
  id: string;
  org_path: string;
  status: string;
  password_hash: string | null;
  failures: number;
  locked_until: Moment | null;
}

const logInColumns = 'id, org_path, status, password_hash, failures, locked_until';

@Controller()
export class CreateSessionHandler {
  constructor(
    private readonly work: Work,
    private readonly registry: PersonRegistry,
    private readonly callers: Callers,
    private readonly passwords: Passwords,
    private readonly config: IdentityConfig,
  ) {}

  /** Unknown, wrong, locked, disabled and not yet activated take the same time and say the same sentence. */
  @Handles(createSession)
  async create(command: CreateSession): Promise<SessionCreated> {
    const account = await this.find(command.loginName);
    const tried = account && isOpen(account) ? account.password_hash : null;
    if (await this.passwords.fits(tried, command.password)) return this.begin(account!);
    await this.refused(account);
    throw identityRefusals.logInFailed({});
  }

  /** By log-in name, or a teacher by his document number. */
  private async find(typed: string): Promise<LogIn | undefined> {
    const name = typed.normalize('NFKC').trim().toLowerCase();
    const byName = await this.work.lookBeyond<LogIn>('sign-in', {
      name: 'log-in-by-name',
      text: `select ${logInColumns} from account where login_name = $1`,
      params: [name],
    });
    if (byName[0] || name.includes('@')) return byName[0];
    const personId = await this.registry.findByNumber(typed);
    if (!personId) return undefined;
    const [teacher] = await this.work.beyond('sign-in', (_, sql) =>
      sql<LogIn>(`select ${logInColumns} from account where person_id = $1 and teacher_id is not null`, [personId]),
    );
    return teacher;
  }

  private begin(found: LogIn): Promise<SessionCreated> {
    return this.work.beyondRecorded('sign-in', async (em, sql) => {
      const account = await locked(sql, found.id);
      // guesses that ran beside this one may have locked or a reset may have ended it meanwhile
      if (!account || !isOpen(account) || account.password_hash !== found.password_hash)
        throw identityRefusals.logInFailed({});
      const now = new Date();
      await sql(`update account set failures = 0, locked_until = null, last_login_at = $2 where id = $1`, [
        account.id,
        now,
      ]);
      const [post] = await sql<CallerRow & Record<string, unknown>>(
        `select ${callerColumns} from account a join post p on p.account_id = a.id
         where a.id = $1 and ${callerCondition} order by p.role = 'teacher', p.granted_at, p.id limit 1`,
        [account.id],
      );
      if (!post) throw identityRefusals.noPost({});
      const token = newToken();
      const expiresAt = new Date(now.getTime() + this.config.SESSION_SECONDS * 1000);
      await sql(
        `insert into session (id, account_id, post_id, token_hash, created_at, seen_at, idle_seconds, ends_at)
         values ($1, $2, $3, $4, $5, $5, $6, $7)`,
        [newId(), account.id, post.post_id, tokenHash(token), now, this.callers.idleSeconds(post.role), expiresAt],
      );
      audited(em, { object: `account:${account.id}`, orgPath: account.org_path });
      return {
        token,
        expiresAt: expiresAt.toISOString(),
        account: (await accountView(sql, account.id, post.post_id))!,
        mustChangePassword: this.callers.mustChangePassword(post, now),
      };
    });
  }

  /** Counts the failure unless it is locked already, and leaves a trace of every one. */
  private async refused(found: LogIn | undefined): Promise<void> {
    await this.work.beyond('sign-in', async (_, sql) => {
      const account = found && (await locked(sql, found.id));
      if (account && isOpen(account)) {
        const policy = { failures: this.config.LOCK_FAILURES, seconds: this.config.LOCK_SECONDS };
        const after = afterFailure(lockableOf(account), new Date(), policy);
        await sql(`update account set failures = $2, locked_until = $3 where id = $1`, [
          account.id,
          after.failures,
          after.lockedUntil ?? null,
        ]);
      }
      await writeAudit(sql, {
        what: createSession.name,
        result: identityRefusals.logInFailed.code,
        object: account && `account:${account.id}`,
        orgPath: account?.org_path,
      });
    });
  }
}

const lockableOf = (account: LogIn): Lockable => ({
  failures: account.failures,
  lockedUntil: account.locked_until === null ? null : dateOf(account.locked_until),
});

const isOpen = (account: LogIn): boolean => account.status === 'active' && !isLocked(lockableOf(account), new Date());

async function locked(sql: Sql, id: string): Promise<LogIn | undefined> {
  const [row] = await sql<LogIn>(`select ${logInColumns} from account where id = $1 for update`, [id]);
  return row;
}
