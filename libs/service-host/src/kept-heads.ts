import {
  auditChainRefusals,
  type AuditHeadList,
  type AuditHeadsKept,
  type AuditRestoration,
  type KeepAuditHeads,
  type ListAuditHeads,
  type ServiceName,
} from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';

interface KeptHead {
  sequence: number;
  rows: number;
  total: number;
  first: string | null;
  at: Date;
  hash: string;
  signature: string;
}

type Declared = Omit<AuditRestoration, 'to' | 'at'> & { to: Date; at: Date };

/** Heads of service $1 that no later restore set aside: one for each sequence. */
const live = `(
  select w.* from audit_witness w where w.service = $1 and not exists (
    select from audit_restored r where r.service = w.service and r.era > w.era and w.sequence > r.sequence and w.sequence <= r.set_aside)
)`;

/** Once kept, a head stays. Refuses another one for a number that is known. */
export async function keepHeads(sql: Sql, service: ServiceName, told: KeepAuditHeads): Promise<AuditHeadsKept> {
  if (told.restored) await keepRestored(sql, service, told.restored);
  const given = JSON.stringify(told.heads);
  await sql(
    `insert into audit_witness (service, era, sequence, rows, total, first, at, hash, signature)
     select $1, (select coalesce(max(era), 0) from audit_restored where service = $1), sequence, rows, total, first, at, hash, signature
     from jsonb_to_recordset($2::jsonb) as t (sequence bigint, rows int, total bigint, first uuid, at timestamptz, hash text, signature text)
     where not exists (select from ${live} l where l.sequence = t.sequence)
     on conflict do nothing`,
    [service, given],
  );
  const [other] = await sql<{ sequence: number }>(
    `select l.sequence::float8 as sequence from jsonb_to_recordset($2::jsonb) as t (sequence bigint, hash text)
     join ${live} l on l.sequence = t.sequence where l.hash <> t.hash order by 1 limit 1`,
    [service, given],
  );
  if (other) throw auditChainRefusals.headDiffers(other);
  const [tip] = await sql<{ sequence: number }>(
    `select sequence::float8 as sequence from ${live} l order by l.sequence desc limit 1`,
    [service],
  );
  return { sequence: tip?.sequence ?? 0 };
}

async function keepRestored(sql: Sql, service: ServiceName, one: AuditRestoration): Promise<void> {
  await sql(
    `insert into audit_restored (service, era, id, restored_to, reason, sequence, hash, set_aside, at, signature)
     select $1, (select coalesce(max(era), 0) + 1 from audit_restored where service = $1), $2, $3, $4, $5, $6, $7, $8, $9
     where not exists (select from audit_restored where service = $1 and id = $2)`,
    [service, one.id, one.to, one.reason, one.sequence, one.hash, one.setAside, one.at, one.signature],
  );
}

export async function keptHeads(
  sql: Sql,
  service: ServiceName,
  { after, limit }: ListAuditHeads,
): Promise<AuditHeadList> {
  const heads = await sql<KeptHead>(
    `select sequence::float8 as sequence, rows, total::float8 as total, first, at, hash, signature
     from ${live} l where l.sequence > $2 order by l.sequence limit $3`,
    [service, after, limit],
  );
  const restored = await sql<Declared>(
    `select id, restored_to as to, reason, sequence::float8 as sequence, hash, set_aside::float8 as "setAside", at, signature
     from audit_restored where service = $1 order by era`,
    [service],
  );
  return {
    heads: heads.map((row) => ({ ...row, first: row.first ?? undefined, at: row.at.toISOString() })),
    restored: restored.map((one) => ({ ...one, to: one.to.toISOString(), at: one.at.toISOString() })),
  };
}
