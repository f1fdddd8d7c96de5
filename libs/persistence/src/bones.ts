import { Migration0002AuditChain } from './audit-chain/audit-chain-migration';
import { Migration0003AuditRestored } from './audit-chain/audit-restored-migration';
import { Migration0001AuditTrail } from './audit-trail-migration';
import { Migration0001Bones } from './bones-migration';

/** What every service has before its own. */
export const migrations = [
  { name: '0001-bones', migration: Migration0001Bones },
  { name: '0001-bones-audit-trail', migration: Migration0001AuditTrail },
  { name: '0001-bones-audit-chain', migration: Migration0002AuditChain },
  { name: '0001-bones-audit-restored', migration: Migration0003AuditRestored },
];
