import { landmarks } from './landmarks';
import type { Caller } from '@shidang/access';
import { commonRefusals } from '@shidang/contracts';
import { currentRequest, type RequestContext } from './request-context';
import type { Statement } from './pipeline';
import type { Sql } from './sql';
import type { Vault } from './vault';
import type { Work } from './work';

/** Requests without an account (log-in, activation) share one owner for their keys. */
export const nobody = '00000000-0000-0000-0000-000000000000';

interface TakenRow extends Record<string, unknown> {
  /** Nobody else is at it. */
  free: boolean;
  mine: boolean;
}

interface StoredRow {
  fingerprint: string;
  answer: string | null;
}

const placeOf = (account: string, contract: string, key: string) => ({
  table: 'idempotency',
  column: 'answer',
  row: `${account}/${contract}/${key}`,
});

/** The stored answers of writes that were asked with an Idempotency-Key (W4), encrypted, kept for 24 h. */
export class Idempotency {
  constructor(private readonly vault: Vault) {}

  /** The answer given before, if this key has one. Refuses another body, a running one, and what is never repeated. */
  async stored(
    sql: Sql,
    request: RequestContext,
    caller: Caller | undefined,
  ): Promise<{ answer: unknown } | undefined> {
    const { text, params, name } = this.question(request, caller);
    const [row] = await sql<StoredRow>(text, params, name);
    return this.answerIn(row, request, caller);
  }

  /** Asks for the row that `answerIn` reads. */
  question(request: RequestContext, caller: Caller | undefined): Statement {
    const account = caller?.accountId ?? nobody;
    return {
      name: 'idempotency-read',
      text: `select fingerprint, answer from idempotency where account_id = $1 and contract = $2 and key = $3 and created_at > now() - interval '24 hours'`,
      params: [account, request.contract, request.idempotencyKey],
    };
  }

  answerIn(
    row: StoredRow | undefined,
    request: RequestContext,
    caller: Caller | undefined,
  ): { answer: unknown } | undefined {
    const account = caller?.accountId ?? nobody;
    if (!row) return undefined;
    if (request.replay === 'never') throw commonRefusals.idempotencyAlreadyDone({});
    if (row.fingerprint !== this.fingerprint(request)) throw commonRefusals.idempotencyOtherBody({});
    if (row.answer === null) throw commonRefusals.idempotencyAlreadyDone({});
    return {
      answer: JSON.parse(this.vault.open(row.answer, placeOf(account, request.contract, request.idempotencyKey!))),
    };
  }

  /**
   * Takes the key within the transaction of the write, to be sent along with its beginning. Whoever holds it right now
   * keeps the second statement from running: it would wait for him.
   */
  taking(caller: Caller | undefined): Statement[] {
    const request = currentRequest();
    if (!request?.idempotencyKey || request.effect !== 'write') return [];
    const account = caller?.accountId ?? nobody;
    return [
      {
        name: landmarks.write,
        // the lock only makes the wait for a running twin a quick answer; the primary key is what guarantees once
        text: `with turn as materialized (select pg_try_advisory_xact_lock(hashtextextended($1::text || '/' || $2 || '/' || $3, 0)) as free),
          taken as (
            insert into idempotency (account_id, contract, key, fingerprint) select $1::uuid, $2, $3, $4 from turn where free
            on conflict (account_id, contract, key) do update set fingerprint = excluded.fingerprint, answer = null, created_at = now()
            where idempotency.created_at <= now() - interval '24 hours' returning key)
          select free, exists (select from taken) as mine from turn`,
        params: [account, request.contract, request.idempotencyKey, this.fingerprint(request)],
      },
    ];
  }

  /** What came of `taking`: the turn is ours, or the answer given before; a running twin is a conflict. */
  async taken(
    sql: Sql,
    caller: Caller | undefined,
    rows: readonly TakenRow[] | undefined,
  ): Promise<{ answer: unknown } | undefined> {
    const [row] = rows ?? [];
    if (!row) return undefined;
    if (!row.free) throw commonRefusals.idempotencyInProgress({});
    return row.mine ? undefined : this.stored(sql, currentRequest()!, caller);
  }

  /** Keyed, so that a copy of the table is no dictionary of document numbers; nothing at all of what is never repeated (passwords). */
  private fingerprint(request: RequestContext): string {
    return request.replay === 'never' ? '' : this.vault.contentHash(`fingerprint\0${request.body ?? ''}`);
  }

  /** Keeps the answer, to be sent along with the end of the write. */
  keeping(caller: Caller | undefined, answer: unknown): Statement[] {
    const request = currentRequest();
    if (!request?.idempotencyKey || request.effect !== 'write' || request.replay === 'never') return [];
    const { contract, idempotencyKey: key } = request;
    const account = caller?.accountId ?? nobody;
    const sealed = this.vault.seal(JSON.stringify(answer ?? {}), placeOf(account, contract, key));
    const text = `update idempotency set answer = $4 where account_id = $1 and contract = $2 and key = $3`;
    return [{ name: 'idempotency-keep', text, params: [account, contract, key, sealed] }];
  }
}

/** Stored answers live for 24 h (W4); their rows are removed afterwards. */
export const forgetOldAnswers = (work: Work): Promise<unknown> =>
  work.beyond('retention', (_, sql) => sql(`delete from idempotency where created_at < now() - interval '24 hours'`));
