import {
  awaitTurn,
  commonHead,
  newId,
  restorationWords,
  writeAudit,
  type Restoration,
  type Sql,
} from '@shidang/persistence';
import type { AuditParts } from './audit-sealing';

/** A block sealed just before that time may have been committed after it. */
const sealingMilliseconds = 10_000;

export interface RestoredTo {
  to: Date;
  reason: string;
}

/**
 * Says of a database restored to an earlier time that it is meant to be so: signed, beside the heads outside and in the audit
 * itself. Throws when nothing known outside is missing here, or when what is missing is older than that time.
 */
export function declareRestored(parts: AuditParts, asked: RestoredTo): Promise<Restoration> {
  return parts.work.beyond('audit-chain', async (_, sql) => {
    await awaitTurn(sql, 'tell');
    const restored = await restorationOf(sql, parts, asked);
    const { service, heads } = parts;
    await writeAudit(sql, {
      what: `${service}.audit-chain.restore`,
      result: 'done',
      object: `audit-chain:${service}`,
      reason: `${restored.to}: ${restored.reason}`,
    });
    await heads.restore(restored);
    return restored;
  });
}

async function restorationOf(sql: Sql, parts: AuditParts, { to, reason }: RestoredTo): Promise<Restoration> {
  const { service, vault, heads } = parts;
  const outside = await heads.outside();
  const parted = [];
  for (const place of outside) {
    const { common, other } = await commonHead(sql, { service, keys: vault.auditKeys, place });
    if (other) parted.push({ common, other });
  }
  const [first] = parted.sort((a, b) => a.common.sequence - b.common.sequence);
  if (!first) throw new Error('nothing to declare: this database has every block that is known outside');
  const lost = parted.find(({ other }) => Date.parse(other.at) < to.getTime() - sealingMilliseconds)?.other;
  if (lost)
    throw new Error(`block ${lost.sequence} was sealed at ${lost.at}, before that time, and is not as it was told`);
  const declared = {
    id: newId(),
    to: to.toISOString(),
    reason,
    sequence: first.common.sequence,
    hash: first.common.hash,
    setAside: Math.max(...outside.map(({ tip }) => tip)),
    at: new Date().toISOString(),
  };
  return { ...declared, signature: vault.auditKeys.sign(restorationWords(service, declared)) };
}
