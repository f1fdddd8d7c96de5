import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, IsUUID, ValidateNested } from 'class-validator';
import { event } from '../contract';
import { Fact } from '../fact';

const tiers = ['central', 'province', 'city', 'county', 'school'] as const;

/** An organisation came into the tree; `orgPath` is its own path. Names of organisations are public. */
export class OrganisationFounded extends Fact {
  @IsString() code!: string;
  @IsString() name!: string;
  @IsIn(tiers) tier!: string;
  @IsOptional() @IsString() parentCode?: string;
  /** 办学类型, schools only. */
  @IsOptional() @IsString() runningType?: string;
  /** Template category of a school: kindergarten, primarySecondary, vocational, special. */
  @IsOptional() @IsString() category?: string;
  @IsInt() version!: number;
}

export class OrganisationRenamed extends Fact {
  @IsString() code!: string;
  @IsString() name!: string;
  @IsInt() version!: number;
}

/** `orgPath` is the new path; every service rewrites the prefix `fromPath`. */
export class OrganisationMoved extends Fact {
  @IsString() code!: string;
  @IsString() fromPath!: string;
  @IsString() parentCode!: string;
  @IsInt() version!: number;
}

/** A post (account, role, organisation) exists and its account is usable from activation on. */
export class PostGranted extends Fact {
  @IsUUID() postId!: string;
  @IsUUID() accountId!: string;
  @IsOptional() @IsUUID() personId?: string;
  @IsString() role!: string;
  @IsIn(tiers) tier!: string;
  @IsString() orgCode!: string;
  @IsOptional() @IsUUID() teacherId?: string;
  @IsInt() version!: number;
}

export class PostEnded extends Fact {
  @IsUUID() postId!: string;
  @IsUUID() accountId!: string;
  @IsString() role!: string;
  @IsString() orgCode!: string;
  @IsInt() version!: number;
}

/** Counts accounts issued, by role and organisation (工作方案 五(四)). */
export class AccountIssued extends Fact {
  @IsUUID() accountId!: string;
  @IsString() role!: string;
  @IsString() orgCode!: string;
}

/** The person is bound from here on; consumers that keep posts learn `personId`. */
export class AccountActivated extends Fact {
  @IsUUID() accountId!: string;
  @IsUUID() personId!: string;
  @IsString() role!: string;
  @IsString() orgCode!: string;
}

/** An account of a teacher with its post, as `PostGranted` would tell it. */
export class TeacherAccount {
  @IsUUID() accountId!: string;
  @IsUUID() postId!: string;
  @IsUUID() personId!: string;
  @IsUUID() teacherId!: string;
  @IsInt() version!: number;
}

/** Teachers of one school have their accounts, each issued and with its post: one event instead of two for every one of them. */
export class TeacherAccountsIssued extends Fact {
  @IsString() orgCode!: string;
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => TeacherAccount)
  accounts!: TeacherAccount[];
}

export const identityEvents = {
  organisationFounded: event('identity.organisation-founded', OrganisationFounded),
  organisationRenamed: event('identity.organisation-renamed', OrganisationRenamed),
  organisationMoved: event('identity.organisation-moved', OrganisationMoved),
  postGranted: event('identity.post-granted', PostGranted),
  postEnded: event('identity.post-ended', PostEnded),
  accountIssued: event('identity.account-issued', AccountIssued),
  teacherAccountsIssued: event('identity.teacher-accounts-issued', TeacherAccountsIssued),
  accountActivated: event('identity.account-activated', AccountActivated),
};
export const { organisationFounded, organisationRenamed, organisationMoved, postGranted, postEnded } = identityEvents;
export const { accountIssued, teacherAccountsIssued, accountActivated } = identityEvents;
