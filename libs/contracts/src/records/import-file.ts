import { Type } from 'class-transformer';
import { IsBase64, IsInt, IsOptional, IsString, IsUUID, Length, Max, MaxLength, Min } from 'class-validator';
import { request } from '../contract';

/** A file does not fit a message (1 MB): it travels in pieces of this many bytes. */
export const fileChunkBytes = 512 * 1024;
/** L4: no larger workbook is taken. */
export const mostFileBytes = 20 * 1024 * 1024;

/** One piece of a file on its way down. */
export class FileChunk {
  @IsString() fileName!: string;
  @IsString() contentType!: string;
  /** Bytes of the whole file. */
  @IsInt() size!: number;
  @IsInt() offset!: number;
  /** Base64. */
  @IsString() bytes!: string;
  /** Where the next piece begins; absent after the last. */
  @IsOptional() @IsInt() next?: number;
  /** Changes with the content: the same for every piece of one file. */
  @IsString() etag!: string;
}

/** One piece of a file on its way up. Sending the same piece again changes nothing. */
export class AppendFile {
  @IsUUID() uploadId!: string;
  @Type(() => Number) @IsInt() @Min(0) @Max(39) index!: number;
  /** Base64 of at most 512 kB; every piece but the last is full. */
  @IsBase64() @Length(4, 699_052) bytes!: string;
}

export class FileAppended {
  @IsUUID() uploadId!: string;
  /** Bytes received so far. */
  @IsInt() received!: number;
  @IsInt() size!: number;
}

export const appendFile = request('records.file.append', {
  permission: 'record.import',
  effect: 'write',
  lane: 'bulk',
  request: AppendFile,
  reply: FileAppended,
});

/** Announces a workbook before its bytes. */
export class BeginImport {
  @IsString() @Length(1, 200) fileName!: string;
  @Type(() => Number) @IsInt() @Min(1) @Max(mostFileBytes) size!: number;
  /** SHA-256 of the bytes, hex; checked when the last piece is there. */
  @IsOptional() @IsString() @MaxLength(64) sha256?: string;
}

export class ImportBegun {
  @IsUUID() importId!: string;
  /** Use as `uploadId` when appending; the import's own id. */
  @IsUUID() uploadId!: string;
  @IsInt() chunkSize!: number;
}

export const beginImport = request('records.import.begin', {
  permission: 'record.import',
  effect: 'write',
  lane: 'bulk',
  request: BeginImport,
  reply: ImportBegun,
});
