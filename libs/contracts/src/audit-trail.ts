import { Type } from 'class-transformer';
import { IsIn, IsISO8601, IsOptional, IsString, IsUUID, Length, Matches, ValidateNested } from 'class-validator';
import { request, serviceNames, type RequestContract, type ServiceName } from './contract';
import { organisationCodeForm } from './identity/fields';
import { PageMark, PageQuery } from './page';

export const auditResults = ['done', 'refused'] as const;

/** What was done with whatever an auditor asks about: each service answers from its own trail. Newest first. */
export class ListAuditEvents extends PageQuery {
  /** `teacher:<id>`, `account:<id>`, `case:<id>` …: the thing itself and all that belongs to it. */
  @IsOptional() @Matches(/^[a-z-]+:[\w-]{1,80}$/) object?: string;
  /** The account that did it: its id, or its log-in name. */
  @IsOptional() @IsString() @Length(2, 60) actor?: string;
  /** Contract name of what was done, `records.value.unmask`. */
  @IsOptional() @Matches(/^[a-z-]+(\.[a-z-]+)*$/) action?: string;
  @IsOptional() @IsIn(auditResults) result?: (typeof auditResults)[number];
  @IsOptional() @IsISO8601() from?: string;
  @IsOptional() @IsISO8601() to?: string;
}

/** Who did it. Of a teacher's own account the log-in name stands alone: an auditor reads no teacher's data. */
export class AuditActor {
  @IsUUID() accountId!: string;
  @IsOptional() @IsString() role?: string;
  @IsOptional() @IsString() loginName?: string;
  @IsOptional() @IsString() name?: string;
  @IsOptional() @IsString() organisationName?: string;
}

/** One row of the trail as it is kept: ids, keys and hashes, never a value. */
export class AuditEvent {
  @IsUUID() id!: string;
  @IsIn(serviceNames) service!: ServiceName;
  @IsISO8601() at!: string;
  /** Contract name. */
  @IsString() action!: string;
  /** `done`, or the code of the refusal. */
  @IsString() result!: string;
  /** Absent: nobody had logged in (a log-in that failed) or the system itself. */
  @IsOptional() @ValidateNested() @Type(() => AuditActor) actor?: AuditActor;
  /** Organisation of what was touched. */
  @Matches(organisationCodeForm) organisation!: string;
  /** Where an account named on the page is at home there. */
  @IsOptional() @IsString() organisationName?: string;
  @IsOptional() @IsString() object?: string;
  /** Log-in name, when the object is an account. */
  @IsOptional() @IsString() objectLabel?: string;
  /** The thing it belongs to, when that is another one: the record of an entry. */
  @IsOptional() @IsString() concerns?: string;
  /** Which values, as `<section>.<indicator>`. */
  @IsOptional() @IsString({ each: true }) fields?: string[];
  @IsOptional() @IsString() reason?: string;
  /** Keyed hashes of the content before and after: equal hashes are equal content. */
  @IsOptional() @IsString() beforeHash?: string;
  @IsOptional() @IsString() afterHash?: string;
  @IsOptional() @IsString() address?: string;
  @IsOptional() @IsString() traceId?: string;
}

export class AuditEventPage {
  @ValidateNested({ each: true }) @Type(() => AuditEvent) items!: AuditEvent[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

const trailOf = (service: ServiceName): RequestContract<ListAuditEvents, AuditEventPage> =>
  request(`${service}.audit.list`, {
    permission: 'audit.read',
    effect: 'read',
    request: ListAuditEvents,
    reply: AuditEventPage,
  });

export const listIdentityAudit = trailOf('identity');
export const listRecordsAudit = trailOf('records');
export const listReviewAudit = trailOf('review');
export const listReportingAudit = trailOf('reporting');
export const listNotificationsAudit = trailOf('notifications');

/** Every service answers its own; the host gives each the same handler. */
export const auditTrails = {
  identity: listIdentityAudit,
  records: listRecordsAudit,
  review: listReviewAudit,
  reporting: listReportingAudit,
  notifications: listNotificationsAudit,
} as const satisfies Readonly<Record<ServiceName, RequestContract<ListAuditEvents, AuditEventPage>>>;
