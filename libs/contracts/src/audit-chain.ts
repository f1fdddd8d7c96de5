import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  internal,
  request,
  serviceNames,
  type InternalContract,
  type RequestContract,
  type ServiceName,
} from './contract';
import { Nothing } from './page';
import { refusal } from './refusal';

/** Whose database keeps the heads of whose audit chain (T2): a ring, so that nobody keeps his own. */
export const headKeepers = {
  identity: 'records',
  records: 'review',
  review: 'reporting',
  reporting: 'notifications',
  notifications: 'identity',
} as const satisfies Readonly<Record<ServiceName, ServiceName>>;

/** One sealed block of an audit chain as it is known outside of its database. */
export class AuditHeadTold {
  /** From 1, without a gap. */
  @IsInt() @Min(1) sequence!: number;
  @IsInt() @Min(0) rows!: number;
  /** Rows sealed up to and with this block. */
  @IsInt() @Min(0) total!: number;
  /** Id of its first row; an empty block has none. */
  @IsOptional() @IsUUID() first?: string;
  @IsISO8601() at!: string;
  /** SHA-256 over the block and the hash before it. */
  @Matches(/^[0-9a-f]{64}$/) hash!: string;
  /** Ed25519 by the service whose chain it is. */
  @Matches(/^[\w-]{86}$/) signature!: string;
}

/** A database that was restored to an earlier time, as its operator declared it: heads told in between count no more. */
export class AuditRestoration {
  @IsUUID() id!: string;
  /** The time it was restored to. */
  @IsISO8601() to!: string;
  @IsString() @Length(1, 500) reason!: string;
  /** The last block from before, and its hash. */
  @IsInt() @Min(0) sequence!: number;
  @Matches(/^[0-9a-f]{64}$/) hash!: string;
  /** The newest head that counts no more. */
  @IsInt() @Min(1) setAside!: number;
  @IsISO8601() at!: string;
  /** Ed25519 by the service whose chain it is. */
  @Matches(/^[\w-]{86}$/) signature!: string;
}

export const mostHeads = 200;

export class KeepAuditHeads {
  /** In order; none only asks how far the keeper is. */
  @ArrayMaxSize(mostHeads) @ValidateNested({ each: true }) @Type(() => AuditHeadTold) heads!: AuditHeadTold[];
  /** Declared before these heads. */
  @IsOptional() @ValidateNested() @Type(() => AuditRestoration) restored?: AuditRestoration;
}

export class AuditHeadsKept {
  /** The newest head kept; 0 = none. */
  @IsInt() @Min(0) sequence!: number;
}

export class ListAuditHeads {
  @IsInt() @Min(0) after!: number;
  @IsInt() @Min(1) @Max(mostHeads) limit!: number;
}

export class AuditHeadList {
  /** Without those a restore set aside. */
  @ValidateNested({ each: true }) @Type(() => AuditHeadTold) heads!: AuditHeadTold[];
  /** Every restore ever declared, oldest first. */
  @ValidateNested({ each: true }) @Type(() => AuditRestoration) restored!: AuditRestoration[];
}

export const auditChainRefusals = {
  headDiffers: refusal<{ sequence: number }>(
    'request.audit_head_differs',
    'conflict',
    '审计链第 {sequence} 段与先前留存的不一致',
    'Block {sequence} of the audit chain is not the one that was told before',
  ),
};

/** Once told, a head stays. Refuses `request.audit_head_differs`: the chain was rolled back or written anew. */
const keepHeadsOf = (service: ServiceName): InternalContract<KeepAuditHeads, AuditHeadsKept> =>
  internal(`${headKeepers[service]}.audit-head.keep`, {
    from: [service],
    effect: 'write',
    request: KeepAuditHeads,
    reply: AuditHeadsKept,
  });

const listHeadsOf = (service: ServiceName): InternalContract<ListAuditHeads, AuditHeadList> =>
  internal(`${headKeepers[service]}.audit-head.list`, {
    from: [service],
    effect: 'read',
    request: ListAuditHeads,
    reply: AuditHeadList,
  });

export const keepHeadsOfIdentity = keepHeadsOf('identity');
export const keepHeadsOfRecords = keepHeadsOf('records');
export const keepHeadsOfReview = keepHeadsOf('review');
export const keepHeadsOfReporting = keepHeadsOf('reporting');
export const keepHeadsOfNotifications = keepHeadsOf('notifications');
export const listHeadsOfIdentity = listHeadsOf('identity');
export const listHeadsOfRecords = listHeadsOf('records');
export const listHeadsOfReview = listHeadsOf('review');
export const listHeadsOfReporting = listHeadsOf('reporting');
export const listHeadsOfNotifications = listHeadsOf('notifications');

/** By the service whose chain it is; another one answers them. */
export const keepAuditHeads = {
  identity: keepHeadsOfIdentity,
  records: keepHeadsOfRecords,
  review: keepHeadsOfReview,
  reporting: keepHeadsOfReporting,
  notifications: keepHeadsOfNotifications,
} as const satisfies Readonly<Record<ServiceName, InternalContract<KeepAuditHeads, AuditHeadsKept>>>;

export const listAuditHeads = {
  identity: listHeadsOfIdentity,
  records: listHeadsOfRecords,
  review: listHeadsOfReview,
  reporting: listHeadsOfReporting,
  notifications: listHeadsOfNotifications,
} as const satisfies Readonly<Record<ServiceName, InternalContract<ListAuditHeads, AuditHeadList>>>;

/** intact, tampered: what the last check found. unchecked: there was none yet. */
export const chainStates = ['intact', 'tampered', 'unchecked'] as const;
export type ChainState = (typeof chainStates)[number];

/** The first thing that is wrong in the order of the chain. */
export class ChainFlaw {
  /** `changed`, `deleted`, `inserted`, `forged`, `tail` … */
  @IsString() why!: string;
  /** Block it is in. */
  @IsInt() sequence!: number;
  /** Id of the row, or of the first row of the block. */
  @IsOptional() @IsUUID() row?: string;
  /** When the row is gone altogether: the one before it. */
  @IsOptional() @IsUUID() after?: string;
  /** Who knows otherwise: `file`, or the service that keeps the heads. */
  @IsOptional() @IsString() by?: string;
}

/** What the service itself found, every hour, over the newest 200,000 rows. `audit verify` covers all of them. */
export class ChainCheck {
  @IsISO8601() at!: string;
  /** Blocks covered, from and to. */
  @IsInt() from!: number;
  @IsInt() to!: number;
  @IsInt() rows!: number;
  @IsOptional() @ValidateNested() @Type(() => ChainFlaw) firstFlaw?: ChainFlaw;
}

/** How one service's audit trail is sealed. Counts of the whole service, whatever the auditor's organisation; no row of it. */
export class AuditChain {
  @IsIn(serviceNames) service!: ServiceName;
  @IsIn(chainStates) state!: ChainState;
  /** Rows that wait for their seal, and how long the oldest has waited, in seconds; beyond 5 the sealer is late. */
  @IsInt() unsealed!: number;
  @IsNumber() unsealedSeconds!: number;
  @IsOptional() @ValidateNested() @Type(() => AuditHeadTold) head?: AuditHeadTold;
  /** The service whose database keeps the heads too. */
  @IsIn(serviceNames) keeper!: ServiceName;
  @IsOptional() @ValidateNested() @Type(() => ChainCheck) check?: ChainCheck;
}

const chainOf = (service: ServiceName): RequestContract<Nothing, AuditChain> =>
  request(`${service}.audit-chain.read`, {
    permission: 'audit.read',
    effect: 'read',
    request: Nothing,
    reply: AuditChain,
  });

export const readIdentityChain = chainOf('identity');
export const readRecordsChain = chainOf('records');
export const readReviewChain = chainOf('review');
export const readReportingChain = chainOf('reporting');
export const readNotificationsChain = chainOf('notifications');

export const auditChains = {
  identity: readIdentityChain,
  records: readRecordsChain,
  review: readReviewChain,
  reporting: readReportingChain,
  notifications: readNotificationsChain,
} as const satisfies Readonly<Record<ServiceName, RequestContract<Nothing, AuditChain>>>;
