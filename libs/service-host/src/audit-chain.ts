import { Handles } from '@shidang/bus';
import {
  auditChainRefusals,
  auditChains,
  headKeepers,
  KeepAuditHeads,
  keepAuditHeads,
  ListAuditHeads,
  listAuditHeads,
  serviceNames,
  type AuditChain,
  type AuditHeadList,
  type AuditHeadsKept,
  type ChainFlaw,
  type ServiceName,
} from '@shidang/contracts';
import { lastHead, queueOf, waitedSeconds, Work, type Sql } from '@shidang/persistence';
import { Controller, type Type } from '@nestjs/common';

interface CheckRow {
  at: Date;
  state: 'intact' | 'tampered';
  from_sequence: number;
  to_sequence: number;
  rows: number;
  bad: ChainFlaw | null;
}

interface KeptHead {
  sequence: number;
  rows: number;
  total: number;
  first: string | null;
  at: Date;
  hash: string;
  signature: string;
}

/** The same handlers in every service: how its own chain stands, and the heads it keeps for another (T2). */
export function auditChainOf(service: ServiceName): Type {
  const kept = serviceNames.find((other) => headKeepers[other] === service)!;

  @Controller()
  class AuditChainHandlers {
    constructor(private readonly work: Work) {}

    @Handles(auditChains[service])
    read(): Promise<AuditChain> {
      return this.work.beyond('audit-chain', async (_, sql) => {
        const [check] = await sql<CheckRow>(
          `select at, state, from_sequence::float8 as from_sequence, to_sequence::float8 as to_sequence, rows::float8 as rows, bad
           from audit_check order by id desc limit 1`,
        );
        const head = await lastHead(sql);
        const queue = await queueOf(sql);
        return {
          service,
          state: check?.state ?? 'unchecked',
          unsealed: queue.length,
          unsealedSeconds: Math.round(waitedSeconds(queue) * 10) / 10,
          head: head && { ...head, first: head.first ?? undefined },
          keeper: headKeepers[service],
          check: check && {
            at: check.at.toISOString(),
            from: check.from_sequence,
            to: check.to_sequence,
            rows: check.rows,
            firstFlaw: check.bad ?? undefined,
          },
        };
      });
    }

    @Handles(keepAuditHeads[kept])
    keep({ heads }: KeepAuditHeads): Promise<AuditHeadsKept> {
      return this.work.beyond('audit-chain', (_, sql) => keepHeads(sql, kept, heads));
    }

    @Handles(listAuditHeads[kept])
    async list({ after, limit }: ListAuditHeads): Promise<AuditHeadList> {
      const rows = await this.work.beyond('audit-chain', (_, sql) =>
        sql<KeptHead>(
          `select sequence::float8 as sequence, rows, total::float8 as total, first, at, hash, signature
           from audit_witness where service = $1 and sequence > $2 order by sequence limit $3`,
          [kept, after, limit],
        ),
      );
      return { heads: rows.map((row) => ({ ...row, first: row.first ?? undefined, at: row.at.toISOString() })) };
    }
  }
  return AuditChainHandlers;
}

async function keepHeads(sql: Sql, service: ServiceName, heads: KeepAuditHeads['heads']): Promise<AuditHeadsKept> {
  const given = JSON.stringify(heads);
  await sql(
    `insert into audit_witness (service, sequence, rows, total, first, at, hash, signature)
     select $1, sequence, rows, total, first, at, hash, signature from jsonb_to_recordset($2::jsonb)
       as t (sequence bigint, rows int, total bigint, first uuid, at timestamptz, hash text, signature text)
     on conflict (service, sequence) do nothing`,
    [service, given],
  );
  const [other] = await sql<{ sequence: number }>(
    `select w.sequence::float8 as sequence from jsonb_to_recordset($2::jsonb) as t (sequence bigint, hash text)
     join audit_witness w on w.service = $1 and w.sequence = t.sequence where w.hash <> t.hash order by 1 limit 1`,
    [service, given],
  );
  if (other) throw auditChainRefusals.headDiffers(other);
  const [tip] = await sql<{ sequence: number }>(
    `select coalesce(max(sequence), 0)::float8 as sequence from audit_witness where service = $1`,
    [service],
  );
  return { sequence: tip!.sequence };
}
