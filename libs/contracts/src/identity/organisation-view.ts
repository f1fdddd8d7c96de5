import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsISO8601, IsOptional, IsString, Matches, ValidateNested } from 'class-validator';
import { tiers, type Tier } from '@shidang/access';
import { organisationCodeForm } from './fields';

export const schoolCategories = ['kindergarten', 'primarySecondary', 'vocational', 'special'] as const;
export type SchoolCategory = (typeof schoolCategories)[number];

export class OrganisationView {
  @Matches(organisationCodeForm) code!: string;
  @IsString() name!: string;
  @IsIn(tiers) tier!: Tier;
  /** The education authority; absent at the centre. */
  @IsOptional() @Matches(organisationCodeForm) parent?: string;
  @IsString() orgPath!: string;
  /** 办学类型, schools only. */
  @IsOptional() @IsString() runningType?: string;
  @IsOptional() @IsIn(schoolCategories) category?: SchoolCategory;
  /** 举办者 and 城乡分类 by code. */
  @IsOptional() @IsString() owner?: string;
  @IsOptional() @IsString() urbanRural?: string;
  /** Of the education authority, where the caller may see it. */
  @IsOptional() @IsString() parentName?: string;
  @IsInt() childCount!: number;
  @IsBoolean() hasChildren!: boolean;
  @IsISO8601() foundedAt!: string;
  @IsString() etag!: string;
}

export class OrganisationPlace {
  @Matches(organisationCodeForm) code!: string;
  @IsString() name!: string;
  @IsIn(tiers) tier!: Tier;
}

/** One organisation, with its place in the tree. */
export class OrganisationRead extends OrganisationView {
  /** From the caller's own organisation down to the education authority. */
  @ValidateNested({ each: true }) @Type(() => OrganisationPlace) above!: OrganisationPlace[];
}
