import { rangeOf, teacherScope, type Caller } from '@shidang/access';
import { commonRefusals, type Fact, type Refusal } from '@shidang/contracts';
import { MikroORM, type SqlEntityManager } from '@mikro-orm/postgresql';
import { auditStatement, markWith, noteOf, writeAudit } from './audit';
import { CommittedRows } from './audit-chain/committed-rows';
import { entityManagerOn, onConnection, poolOf, type PoolState } from './connections';
import { Idempotency, nobody } from './idempotency';
import { currentRequest } from './request-context';
import { landmarks } from './landmarks';
import type { Statement } from './pipeline';
import type { Sql } from './sql';
import { during, type Traced } from '@shidang/tracing';
import { hasTold } from './tell';
import { transactionFor } from './traced-sql';
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
  /** Audit rows of this process that wait for their seal. */
  readonly committed = new CommittedRows();
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

  /** How it stands with the connections of this process. */
  pool(): PoolState {
    return poolOf(this.orm);
  }

  /** Reads in the caller's scope, in a read-only transaction. */
  read<T>(caller: Caller, body: Body<T>): Promise<T> {
    return this.transact(settingsOf(caller), body, { begin: beginReading });
  }

  /**
   * Reads in the caller's scope what is known to be asked beforehand: scope and all statements in one round trip, in one
   * read-only transaction of their own. The rows of each.
   */
  look<Rows extends object[]>(
    caller: Caller,
    ...statements: { [At in keyof Rows]: Statement }
  ): Promise<{ [At in keyof Rows]: Rows[At][] }> {
    return this.lookWith(settingsOf(caller), statements as readonly Statement[]) as Promise<{
      [At in keyof Rows]: Rows[At][];
    }>;
  }

  /** The same for a listed purpose. */
  lookBeyond<Row extends object>(purpose: Purpose, statement: Statement): Promise<Row[]> {
    return this.lookWith(withPurpose(purpose), [statement]).then(([rows]) => rows as Row[]);
  }

  /** Writes in the caller's scope: business rows, audit row, outbox rows and stored answer commit together (W1). */
  as<T>(caller: Caller, body: Body<T>): Promise<T> {
    return this.record(settingsOf(caller), caller, body);
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
    return this.transact(withPurpose(purpose), body, { begin: beginSnapshot });
  }

  /** A write without a caller (log-in, activation): as `beyond`, with audit row and idempotency key. */
  beyondRecorded<T>(purpose: Purpose, body: Body<T>): Promise<T> {
    return this.record(withPurpose(purpose), undefined, body);
  }

  /** The stored answer of this request, if it was answered before. Asked once, before the handler runs. */
  async replayed(caller: Caller | undefined): Promise<{ answer: unknown } | undefined> {
    const request = currentRequest();
    if (!request?.idempotencyKey || request.effect !== 'write') return undefined;
    const settings = caller ? settingsOf(caller) : withPurpose('');
    const [rows] = await this.lookWith(settings, [this.idempotency.question(request, caller)]);
    return this.idempotency.answerIn(rows?.[0] as never, request, caller);
  }

  /** Writes down a refusal (T1), in a transaction of its own: the refused one has been rolled back. */
  async auditRefusal(caller: Caller | undefined, what: string, refusal: Refusal): Promise<void> {
    await this.transact(caller ? settingsOf(caller) : withPurpose(''), (_, sql) =>
      writeAudit(sql, { caller, what, result: refusal.body.code, object: objectOf(refusal) }),
    );
  }

  /** Begins with the idempotency key, ends with audit row and stored answer: they ride along, each in one round trip. */
  private record<T>(settings: Settings, caller: Caller | undefined, body: Body<T>): Promise<T> {
    const run = async (em: SqlEntityManager, sql: Sql, opened: readonly Row[][]): Promise<Ended<T>> => {
      const before = await this.idempotency.taken(sql, caller, opened[0] as never);
      if (before) return { answer: before.answer as T, closing: [] };
      const answer = await body(em, sql);
      await em.flush();
      const { before: was, after: is, ...note } = noteOf(em);
      const hashes = { beforeHash: this.hashOf(was), afterHash: this.hashOf(is) };
      const what = currentRequest()?.contract ?? 'work';
      const audit = auditStatement(sql, { caller, what, result: 'done', ...note, ...hashes });
      return { answer, closing: [audit, ...this.idempotency.keeping(caller, answer)] };
    };
    return this.transactClosing(settings, run, { opening: () => this.idempotency.taking(caller) });
  }

  private lookWith(settings: Settings, statements: readonly Statement[]): Promise<Row[][]> {
    const step = transactionFor(settings.purpose);
    const look = async (sql: Sql) => {
      const [, ...rows] = await sql.together<Row[]>(scopeOf(settings, 'look'), ...statements);
      return rows;
    };
    return during(step, () => onConnection(this.orm, look, step));
  }

  private hashOf(content: unknown): string | undefined {
    return content === undefined ? undefined : this.vault.contentHash(`audit\0${JSON.stringify(content)}`);
  }

  private transact<T>(settings: Settings, body: Body<T>, options: { begin?: Statement } = {}): Promise<T> {
    return this.transactClosing(settings, async (em, sql) => ({ answer: await body(em, sql), closing: [] }), options);
  }

  private transactClosing<T>(settings: Settings, run: Run<T>, { begin = beginWriting, opening }: Begun): Promise<T> {
    const step = transactionFor(settings.purpose);
    const once = async (sql: Sql): Promise<T> => {
      const em = entityManagerOn(this.orm, sql, step);
      const marked = markWith(sql, this.vault.auditKeys);
      try {
        const before = opening?.() ?? [];
        const [, , ...opened] = await sql.together<Row[]>(begin, scopeOf(settings, 'scope'), ...before);
        const { answer, closing } = await run(em, sql, opened);
        await sql.commit(...closing);
        this.committed.add(marked);
        if (hasTold(em)) this.hint();
        return answer;
      } catch (error) {
        await sql('rollback').catch(() => undefined);
        throw error;
      }
    };
    return during(step, () => this.tried(once, step));
  }

  private async tried<T>(once: (sql: Sql) => Promise<T>, step: Traced | undefined): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await onConnection(this.orm, once, step);
      } catch (error) {
        step?.note({ 'shidang.attempt': attempt });
        if (attempt >= mostTries || !isRetried(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
      }
    }
  }
}

type Row = Record<string, unknown>;

type Run<T> = (em: SqlEntityManager, sql: Sql, opened: readonly Row[][]) => Promise<Ended<T>>;

interface Begun {
  readonly begin?: Statement;
  /** What is asked along with the beginning. */
  readonly opening?: () => Statement[];
}

/** What a transaction answers, and what is sent along with its commit. */
interface Ended<T> {
  readonly answer: T;
  readonly closing: readonly Statement[];
}

const beginWriting: Statement = { text: 'begin', name: 'begin' };
const beginReading: Statement = { text: 'begin read only', name: 'begin-reading' };
const beginSnapshot: Statement = {
  text: 'begin isolation level repeatable read read only',
  name: 'begin-snapshot',
};

const withPurpose = (purpose: Purpose | ''): Settings => ({ low: '', high: '', teacher: '', account: nobody, purpose });

/** Statements of the application role end after this by themselves (`deploy/postgres`). */
const statementMilliseconds = 4_000;

/** What is left for this transaction; refuses to begin one nobody waits for (L2). */
function timeLeft(): number {
  const deadline = currentRequest()?.deadline;
  if (deadline === undefined) return Infinity;
  const left = deadline - Date.now();
  if (left <= 0) throw commonRefusals.expired({});
  return Math.ceil(left);
}

const scope = `set_config('shidang.low', $1, true), set_config('shidang.high', $2, true), set_config('shidang.teacher', $3, true),
  set_config('shidang.account', $4, true), set_config('shidang.purpose', $5, true)`;

/**
 * Whose rows are seen, and until when there is time. `look`: also forbids writing, in a transaction that no `begin` has declared. All of it
 * is forgotten with the transaction.
 * @throws `request.expired` when nobody waits any more: the transaction is not begun.
 */
function scopeOf({ low, high, teacher, account, purpose }: Settings, name: 'scope' | 'look'): Statement {
  const left = timeLeft();
  const readOnly = name === 'look' ? `, set_config('transaction_read_only', 'on', true)` : '';
  const params = [low, high, teacher, account, purpose];
  if (left >= statementMilliseconds) return { name, text: `select ${scope}${readOnly}`, params };
  const until = `set_config('statement_timeout', $6, true)`;
  return { name: `${name}-until`, text: `select ${scope}${readOnly}, ${until}`, params: [...params, String(left)] };
}

async function freshOf(sql: Sql, messageIds: readonly string[], durable: string): Promise<ReadonlySet<string>> {
  const rows = await sql<{ message_id: string }>(
    `insert into inbox (message_id, durable) select distinct unnest($1::uuid[]), $2 on conflict do nothing returning message_id`,
    [messageIds, durable],
    landmarks.effects,
  );
  return new Set(rows.map((row) => row.message_id));
}

async function firstTime(sql: Sql, messageId: string, durable: string): Promise<boolean> {
  const rows = await sql(
    `insert into inbox (message_id, durable) values ($1, $2) on conflict do nothing returning durable`,
    [messageId, durable],
    landmarks.effect,
  );
  return rows.length === 1;
}

const isRetried = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && retried.has(String((error as { code?: unknown }).code));

function objectOf(refusal: Refusal): string | undefined {
  const [name, value] = Object.entries(refusal.body.facts).find(([key]) => key.endsWith('Id') || key === 'code') ?? [];
  return name ? `${name.replace(/Id$/, '')}:${String(value)}` : undefined;
}
