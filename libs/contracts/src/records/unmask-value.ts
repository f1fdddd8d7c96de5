import { Type } from 'class-transformer';
import { IsISO8601, IsOptional, IsString, IsUUID, Length, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { PageMark, PageQuery } from '../page';

/** Shows one sensitive value in full. Leaves an audit row that the teacher can see; never answered twice from a store. */
export class UnmaskValue {
  @IsUUID() teacherId!: string;
  /** The row; absent for the identity number (`idNo`) and the personal code (`personalCode`). */
  @IsOptional() @IsUUID() entryId?: string;
  @IsString() indicator!: string;
  @IsString() @Length(2, 200) reason!: string;
}

export class ValueUnmasked {
  @IsUUID() teacherId!: string;
  @IsString() indicator!: string;
  /** Text, a number or codes; absent when there is none. */
  @IsOptional() value?: unknown;
}

export const unmaskValue = request('records.value.unmask', {
  permission: 'sensitive.unmask',
  effect: 'write',
  request: UnmaskValue,
  reply: ValueUnmasked,
  replay: 'never',
});

/** Who saw sensitive values of this record in full, newest first. */
export class ListViewers extends PageQuery {
  @IsUUID() teacherId!: string;
}

export class ViewerItem {
  @IsUUID() accountId!: string;
  @IsString() role!: string;
  @IsOptional() @IsString() name?: string;
  @IsOptional() @IsString() organisationName?: string;
  /** What was looked at. */
  @IsOptional() @IsString() section?: string;
  @IsOptional() @IsString() indicator?: string;
  @IsString() reason!: string;
  @IsISO8601() at!: string;
}

export class ViewerPage {
  @ValidateNested({ each: true }) @Type(() => ViewerItem) items!: ViewerItem[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

export const listViewers = request('records.viewer.list', {
  permission: 'record.read',
  effect: 'read',
  request: ListViewers,
  reply: ViewerPage,
});
