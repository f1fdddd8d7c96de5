export { headOf, headWords, type AuditBlock, type AuditHead } from './audit-block';
export { AuditKeys } from './audit-keys';
export { auditColumns, encodeRow, type AuditRow } from './audit-row';
export { AuditSealer, takeTurn } from './audit-sealer';
export { flawKinds, type Flaw, type FlawKind } from './chain-flaws';
export type { HeadsOutside } from './outside-heads';
export { headsAfter, lastHead, queueOf, waitedSeconds } from './stored-blocks';
export { verifyChain, type ChainVerdict } from './verify-chain';
