import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Matches, Min } from 'class-validator';
import { request } from '../contract';
import { organisationCodeForm } from '../identity/fields';
import { FileChunk } from './import-file';

export class AnnotateImport {
  @IsUUID() importId!: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(0) offset?: number;
}

/** The uploaded workbook as it stands now: cells with findings red, with what is wrong as a note. Written into the audit log. */
export const annotateImport = request('records.import.annotate', {
  permission: 'record.import',
  effect: 'read',
  lane: 'bulk',
  request: AnnotateImport,
  reply: FileChunk,
});

export class ReadPrefilledWorkbook {
  @Matches(organisationCodeForm) organisation!: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(0) offset?: number;
}

/** The template of a school with its people and all that is known of them filled in, unmasked: written into the audit log as an export. */
export const readPrefilledWorkbook = request('records.workbook.prefilled', {
  permission: 'record.import',
  effect: 'read',
  lane: 'bulk',
  request: ReadPrefilledWorkbook,
  reply: FileChunk,
});
