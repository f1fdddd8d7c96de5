import { rangeOf, teacherScope, type Caller } from '@shidang/access';
import type { Fact, Refusal } from '@shidang/contracts';
import { IsolationLevel, MikroORM, type SqlEntityManager } from '@mikro-orm/postgresql';
import { markWith, noteOf, writeAudit } from './audit';
import { Idempotency, nobody } from './idempotency';
import { currentRequest } from './request-context';
import { sqlOf, type Sql } from './sql';
import { hasTold } from './tell';
import type { Vault } from './vault';

/** The closed list of reasons to work without a caller's scope; each has its own policies on named tables. */
export const purposes = [
  'sign-in',
  'activation',
  'person-claim',
  'relay',
  'rebuild',
  'retention',
  'dead-letters',
  'transfer',
  'accounts',
  'replicate',
  'rollup',
  'jobs',
  'setup',
  'audit-chain',
] as const;
export type Purpose = (typeof purposes)[number];

type Body<T> = (em: SqlEntityManager, sql: Sql) => Promise<T>;

interface Begin {
  readOnly?: boolean;
  isolationLevel?: IsolationLevel;
}

interface Settings {
  low: string;
  high: string;
  teacher: string;
  account: string;
  purpose: string;
}

const settingsOf = (caller: Caller): Settings => ({
  ...rangeOf(caller.orgPath),
  teacher: teacherScope(caller),
  account: caller.accountId,
  purpose: '',
});

const retried = new Set(['40001', '40P01']);
const mostTries = 3;

/**
 * The only way to the database. Every entrance is one transaction with its scope set for row-level security; nobody
 * else hands out an EntityManager, so forgetting the scope is not possible.
 */
export class Work {
  private readonly idempotency: Idempotency;
  private hint: () => void = () => undefined;

  constructor(
    private readonly orm: MikroORM,
    private readonly vault: Vault,
  ) {
    this.idempotency = new Idempotency(vault);
  }

  /** Called after each commit that told something. A hint only: the relay looks by itself as well. */
  onTold(hint: () => void): void {
    this.hint = hint;
  }

  /** Reads in the caller's scope, in a read-only transaction. */
  read<T>(caller: Caller, body: Body<T>): Promise<T> {
    return this.transact(settingsOf(caller), body, { readOnly: true });
  }

  /** Writes in the caller's scope: business rows, audit row, outbox rows and stored answer commit together (W1). */
  as<T>(caller: Caller, body: Body<T>): Promise<T> {
    return this.transact(settingsOf(caller), (em, sql) => this.recorded(em, sql, caller, body));
  }

  /**
   * The effect of one message, once: the inbox row is in the same transaction. Scope is the fact's organisation.
   * Returns false when it was applied before.
   */
  once(messageId: string, fact: Fact, durable: string, body: Body<void>): Promise<boolean> {
    const settings = { ...rangeOf(fact.orgPath), teacher: '*', account: fact.actor?.accountId ?? '', purpose: '' };
    return this.transact(settings, async (em, sql) => {
      if (!(await firstTime(sql, messageId, durable))) return false;
      await body(em, sql);
      return true;
    });
  }

  /** As `once` for several messages about organisations below one path, in one transaction: `body` gets those not applied before. */
  onceBelow(
    orgPath: string,
    messageIds: readonly string[],
    durable: string,
    body: (em: SqlEntityManager, sql: Sql, fresh: ReadonlySet<string>) => Promise<void>,
  ): Promise<void> {
    const settings = { ...rangeOf(orgPath), teacher: '*', account: '', purpose: '' };
    return this.transact(settings, async (em, sql) => body(em, sql, await freshOf(sql, messageIds, durable)));
  }

  /** Applies those of a batch that were not applied before, for a purpose. `body` gets the new message ids. */
  onceEach(
    purpose: Purpose,
    messageIds: readonly string[],
    durable: string,
    body: (em: SqlEntityManager, sql: Sql, fresh: ReadonlySet<string>) => Promise<void>,
  ): Promise<void> {
    return this.transact(withPurpose(purpose), async (em, sql) =>
      body(em, sql, await freshOf(sql, messageIds, durable)),
    );
  }

  /** Works for a listed purpose; row-level security opens just the tables that name it. */
  beyond<T>(purpose: Purpose, body: Body<T>): Promise<T> {
    return this.transact(withPurpose(purpose), body);
  }

  /** Reads for a listed purpose, all statements from one snapshot. */
  snapshot<T>(purpose: Purpose, body: Body<T>): Promise<T> {
    return this.transact(withPurpose(purpose), body, {
      readOnly: true,
      isolationLevel: IsolationLevel.REPEATABLE_READ,
    });
  }

  /** A write without a caller (log-in, activation): as `beyond`, with audit row and idempotency key. */
  beyondRecorded<T>(purpose: Purpose, body: Body<T>): Promise<T> {
    return this.transact(withPurpose(purpose), (em, sql) => this.recorded(em, sql, undefined, body));
  }

  /** The stored answer of this request, if it was answered before. Asked once, before the handler runs. */
  replayed(caller: Caller | undefined): Promise<{ answer: unknown } | undefined> {
    const request = currentRequest();
    if (!request?.idempotencyKey || request.effect !== 'write') return Promise.resolve(undefined);
    const settings = caller ? settingsOf(caller) : withPurpose('');
    return this.transact(settings, (_, sql) => this.idempotency.stored(sql, request, caller), { readOnly: true });
  }

  /** Writes down a refusal (T1), in a transaction of its own: the refused one has been rolled back. */
  async auditRefusal(caller: Caller | undefined, what: string, refusal: Refusal): Promise<void> {
    await this.transact(caller ? settingsOf(caller) : withPurpose(''), (_, sql) =>
      writeAudit(sql, { caller, what, result: refusal.body.code, object: objectOf(refusal) }),
    );
  }

  private async recorded<T>(em: SqlEntityManager, sql: Sql, caller: Caller | undefined, body: Body<T>): Promise<T> {
    const before = await this.idempotency.take(sql, caller);
    if (before) return before.answer as T;
    const answer = await body(em, sql);
    await em.flush();
    const request = currentRequest();
    const { before: was, after: is, ...note } = noteOf(em);
    const hashes = { beforeHash: this.hashOf(was), afterHash: this.hashOf(is) };
    await writeAudit(sql, { caller, what: request?.contract ?? 'work', result: 'done', ...note, ...hashes });
    await this.idempotency.keep(sql, caller, answer);
    return answer;
  }

  private hashOf(content: unknown): string | undefined {
    return content === undefined ? undefined : this.vault.contentHash(`audit\0${JSON.stringify(content)}`);
  }

  private async transact<T>(settings: Settings, body: Body<T>, options: Begin = {}): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const em = this.orm.em.fork({ clear: true });
      await em.begin({ ...options });
      try {
        const sql = await sqlOf(em);
        markWith(sql, this.vault.auditKeys);
        await apply(sql, settings);
        const result = await body(em, sql);
        await em.commit();
        if (hasTold(em)) this.hint();
        return result;
      } catch (error) {
        await em.rollback().catch(() => undefined);
        if (attempt >= mostTries || !isRetried(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
      }
    }
  }
}

const withPurpose = (purpose: Purpose | ''): Settings => ({ low: '', high: '', teacher: '', account: nobody, purpose });

async function apply(sql: Sql, settings: Settings): Promise<void> {
  await sql(
    `select set_config('shidang.low', $1, true), set_config('shidang.high', $2, true), set_config('shidang.teacher', $3, true),
            set_config('shidang.account', $4, true), set_config('shidang.purpose', $5, true)`,
    [settings.low, settings.high, settings.teacher, settings.account, settings.purpose],
    'scope',
  );
}

async function freshOf(sql: Sql, messageIds: readonly string[], durable: string): Promise<ReadonlySet<string>> {
  const rows = await sql<{ message_id: string }>(
    `insert into inbox (message_id, durable) select distinct unnest($1::uuid[]), $2 on conflict do nothing returning message_id`,
    [messageIds, durable],
    'inbox-many',
  );
  return new Set(rows.map((row) => row.message_id));
}

async function firstTime(sql: Sql, messageId: string, durable: string): Promise<boolean> {
  const rows = await sql(
    `insert into inbox (message_id, durable) values ($1, $2) on conflict do nothing returning durable`,
    [messageId, durable],
    'inbox',
  );
  return rows.length === 1;
}

const isRetried = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && retried.has(String((error as { code?: unknown }).code));

function objectOf(refusal: Refusal): string | undefined {
  const [name, value] = Object.entries(refusal.body.facts).find(([key]) => key.endsWith('Id') || key === 'code') ?? [];
  return name ? `${name.replace(/Id$/, '')}:${String(value)}` : undefined;
}
