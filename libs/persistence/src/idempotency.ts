import type { Caller } from '@shidang/access';
import { commonRefusals } from '@shidang/contracts';
import { currentRequest, type RequestContext } from './request-context';
import type { Sql } from './sql';
import type { Vault } from './vault';
import type { Work } from './work';

/** Requests without an account (log-in, activation) share one owner for their keys. */
export const nobody = '00000000-0000-0000-0000-000000000000';

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
    const account = caller?.accountId ?? nobody;
    const [row] = await sql<StoredRow>(
      `select fingerprint, answer from idempotency where account_id = $1 and contract = $2 and key = $3 and created_at > now() - interval '24 hours'`,
      [account, request.contract, request.idempotencyKey],
      'idempotency-read',
    );
    if (!row) return undefined;
    if (request.replay === 'never') throw commonRefusals.idempotencyAlreadyDone({});
    if (row.fingerprint !== this.fingerprint(request)) throw commonRefusals.idempotencyOtherBody({});
    if (row.answer === null) throw commonRefusals.idempotencyAlreadyDone({});
    return {
      answer: JSON.parse(this.vault.open(row.answer, placeOf(account, request.contract, request.idempotencyKey!))),
    };
  }

  /** Takes the key within the transaction of the write; somebody else holding it right now is a conflict. */
  async take(sql: Sql, caller: Caller | undefined): Promise<{ answer: unknown } | undefined> {
    const request = currentRequest();
    if (!request?.idempotencyKey || request.effect !== 'write') return undefined;
    const account = caller?.accountId ?? nobody;
    // only makes the wait for a running twin a quick answer; the primary key below is what guarantees once
    const [turn] = await sql<{ free: boolean }>(`select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as free`, [
      `${account}/${request.contract}/${request.idempotencyKey}`,
    ]);
    if (!turn?.free) throw commonRefusals.idempotencyInProgress({});
    const taken = await sql(
      `insert into idempotency (account_id, contract, key, fingerprint) values ($1, $2, $3, $4)
       on conflict (account_id, contract, key) do update set fingerprint = excluded.fingerprint, answer = null, created_at = now()
       where idempotency.created_at <= now() - interval '24 hours' returning key`,
      [account, request.contract, request.idempotencyKey, this.fingerprint(request)],
    );
    if (taken.length === 1) return undefined;
    return this.stored(sql, request, caller);
  }

  /** Keyed, so that a copy of the table is no dictionary of document numbers; nothing at all of what is never repeated (passwords). */
  private fingerprint(request: RequestContext): string {
    return request.replay === 'never' ? '' : this.vault.contentHash(`fingerprint\0${request.body ?? ''}`);
  }

  async keep(sql: Sql, caller: Caller | undefined, answer: unknown): Promise<void> {
    const request = currentRequest();
    if (!request?.idempotencyKey || request.effect !== 'write' || request.replay === 'never') return;
    const account = caller?.accountId ?? nobody;
    await sql(`update idempotency set answer = $4 where account_id = $1 and contract = $2 and key = $3`, [
      account,
      request.contract,
      request.idempotencyKey,
      this.vault.seal(JSON.stringify(answer ?? {}), placeOf(account, request.contract, request.idempotencyKey)),
    ]);
  }
}

/** Stored answers live for 24 h (W4); their rows are removed afterwards. */
export const forgetOldAnswers = (work: Work): Promise<unknown> =>
  work.beyond('retention', (_, sql) => sql(`delete from idempotency where created_at < now() - interval '24 hours'`));
