import { codeOfPath, rangeOf, type Caller } from '@shidang/access';
import { BusClient, Handles } from '@shidang/bus';
import {
  auditTrails,
  commonRefusals,
  labelAccounts,
  locateAccount,
  type AccountLabel,
  type AuditActor,
  type AuditEvent,
  type AuditEventPage,
  ListAuditEvents,
  type ServiceName,
} from '@shidang/contracts';
import { lowestIdAt, openCursor, sealCursor, Vault, Work, type Sql } from '@shidang/persistence';
import { Controller, type Type } from '@nestjs/common';

interface EventRow {
  id: string;
  at: Date;
  account_id: string | null;
  role: string | null;
  org_path: string;
  what: string;
  object: string | null;
  concerns: string | null;
  fields: string[] | null;
  result: string;
  reason: string | null;
  before_hash: string | null;
  after_hash: string | null;
  address: string | null;
  trace_id: string | null;
}

const mostCounted = 10_000;
/** Of one request to identity; rows beyond keep their ids. */
const mostLabels = 200;
const nobody = '00000000-0000-0000-0000-000000000000';
const accountObject = /^account:([0-9a-f-]{36})$/;
const accountIn = (object: string | null): string | undefined => accountObject.exec(object ?? '')?.[1];
const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The lock is row-level security's; the range is said again because only this serves the index. Time is in the UUIDv7. */
const where = `org_path >= $1 and org_path < $2 and id >= $3 and id < $4
  and ($5::text is null or object = $5 or concerns = $5) and ($6::uuid is null or account_id = $6)
  and ($7::text is null or what = $7) and ($8::boolean is null or (result = 'done') = $8)`;

/** The same handler in every service, over that service's own trail (T1). */
export function auditTrailOf(service: ServiceName): Type {
  const contract = auditTrails[service];

  @Controller()
  class AuditTrail {
    constructor(
      private readonly work: Work,
      private readonly vault: Vault,
      private readonly bus: BusClient,
    ) {}

    @Handles(contract)
    async list(query: ListAuditEvents, caller: Caller): Promise<AuditEventPage> {
      const owner = { list: contract.name, accountId: caller.accountId };
      const before = openCursor<string>(this.vault, query.cursor, owner);
      const limit = query.limit ?? 50;
      const accountId = await this.accountOf(query.actor);
      const { rows, n } = await this.work.read(caller, (_, sql) =>
        eventsOf(sql, caller, { ...query, accountId, before, limit: limit + 1 }),
      );
      const page = rows.slice(0, limit);
      const labels = await this.labelsOf(page);
      const names = new Map([...labels.values()].map((each) => [each.organisation, each.organisationName]));
      const last = page.at(-1);
      return {
        items: page.map((row) => {
          const event = viewOf(service, row, labels);
          return { ...event, organisationName: names.get(event.organisation) };
        }),
        page: {
          next: rows.length > limit && last ? sealCursor(this.vault, last.id, owner) : undefined,
          total: Math.min(n, mostCounted),
          totalIsExact: n <= mostCounted,
        },
      };
    }

    /** A log-in name nobody has did nothing. */
    private async accountOf(actor: string | undefined): Promise<string | undefined> {
      if (actor === undefined || uuidForm.test(actor)) return actor;
      return (await this.bus.ask(locateAccount, { loginName: actor })).accountId ?? nobody;
    }

    /** Names beside ids, asked once per page; without identity the ids alone still say who. */
    private async labelsOf(rows: readonly EventRow[]): Promise<Map<string, AccountLabel>> {
      const named = rows.flatMap((row) => [row.account_id, accountIn(row.object)]);
      const accountIds = [...new Set(named.filter((id) => id !== undefined && id !== null))].slice(0, mostLabels);
      if (accountIds.length === 0) return new Map();
      const { labels } = await this.bus
        .ask(labelAccounts, { accountIds })
        .catch(() => ({ labels: [] as AccountLabel[] }));
      return new Map(labels.map((label) => [label.accountId, label]));
    }
  }
  return AuditTrail;
}

interface Asked extends ListAuditEvents {
  accountId?: string;
  before?: string;
  limit: number;
}

/** ISO 8601 has ways of saying a day (2016-W50) that the platform does not read. */
function momentOf(field: 'from' | 'to', text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw commonRefusals.malformed({ fields: `/${field}` });
  return at;
}

async function eventsOf(sql: Sql, caller: Caller, asked: Asked): Promise<{ rows: EventRow[]; n: number }> {
  const { low, high } = rangeOf(caller.orgPath);
  const to = asked.to ? lowestIdAt(momentOf('to', asked.to)) : 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  const params = [
    low,
    high,
    asked.from ? lowestIdAt(momentOf('from', asked.from)) : nobody,
    to,
    asked.object ?? null,
    asked.accountId ?? null,
    asked.action ?? null,
    asked.result === undefined ? null : asked.result === 'done',
  ];
  const rows = await sql<EventRow>(
    `select id, at, account_id, role, org_path, what, object, concerns, fields, result, reason, before_hash, after_hash, address, trace_id
     from audit_event where ${where} and ($9::uuid is null or id < $9) order by id desc limit $10`,
    [...params, asked.before ?? null, asked.limit],
  );
  const [counted] = await sql<{ n: number }>(
    `select count(*)::int as n from (select 1 from audit_event where ${where} limit ${mostCounted + 1}) counted`,
    params,
  );
  return { rows, n: counted?.n ?? 0 };
}

const viewOf = (service: ServiceName, row: EventRow, labels: ReadonlyMap<string, AccountLabel>): AuditEvent => ({
  id: row.id,
  service,
  at: row.at.toISOString(),
  action: row.what,
  result: row.result,
  actor: row.account_id === null ? undefined : actorOf(row.account_id, row.role, labels.get(row.account_id)),
  organisation: codeOfPath(row.org_path),
  object: row.object ?? undefined,
  objectLabel: labels.get(accountIn(row.object) ?? '')?.loginName,
  concerns: row.concerns === row.object ? undefined : (row.concerns ?? undefined),
  fields: row.fields ?? undefined,
  reason: row.reason ?? undefined,
  beforeHash: row.before_hash ?? undefined,
  afterHash: row.after_hash ?? undefined,
  address: row.address ?? undefined,
  traceId: row.trace_id ?? undefined,
});

const actorOf = (accountId: string, role: string | null, label: AccountLabel | undefined): AuditActor => ({
  accountId,
  role: role ?? undefined,
  loginName: label?.loginName,
  name: label?.ofTeacher ? undefined : label?.name,
  organisationName: label?.organisationName,
});
