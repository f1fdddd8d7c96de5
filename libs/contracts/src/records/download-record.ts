import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Min } from 'class-validator';
import { request } from '../contract';
import { FileChunk } from './import-file';

export class DownloadRecord {
  @IsUUID() teacherId!: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(0) offset?: number;
}

/** The own file: every section as it stands, in the sheets of the template, numbers in full. Written into the audit log as an export. */
export const downloadRecord = request('records.teacher.download', {
  permission: 'record.own',
  effect: 'read',
  lane: 'bulk',
  request: DownloadRecord,
  reply: FileChunk,
});
