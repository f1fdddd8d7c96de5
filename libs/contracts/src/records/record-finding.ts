import { IsIn, IsOptional, IsString, IsUUID } from 'class-validator';

/** What the catalogue's rules say about a record; `error` stops a submission, `serious` wants a reason. */
export class RecordFinding {
  @IsString() section!: string;
  @IsOptional() @IsUUID() entryId?: string;
  @IsOptional() @IsString() indicator?: string;
  @IsString() code!: string;
  @IsIn(['error', 'serious', 'warning']) severity!: 'error' | 'serious' | 'warning';
  @IsString() detail!: string;
  @IsString() detailEn!: string;
  /** Why the filler says it is right all the same. */
  @IsOptional() @IsString() reason?: string;
}
