import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { request } from '../contract';
import { ImportGridRow } from './import-rows';
import { ImportById, ImportCounts } from './import-view';

const columnForm = /^[A-Z]{1,2}$/;
/** More cells than this in one request are sent in several. */
export const mostCellsAtOnce = 500;

/** What one cell shall hold; empty text clears it. */
export class CellMend {
  @IsString() @MaxLength(60) sheet!: string;
  @IsInt() @Min(2) row!: number;
  @Matches(columnForm) column!: string;
  @IsString() @MaxLength(4000) value!: string;
}

export class MendImport {
  @IsUUID() importId!: string;
  @ArrayMinSize(1)
  @ArrayMaxSize(mostCellsAtOnce)
  @ValidateNested({ each: true })
  @Type(() => CellMend)
  cells!: CellMend[];
}

/** How the import stands after a change on screen. */
export class ImportMended {
  @IsUUID() importId!: string;
  /** Cells that hold something else now. */
  @IsInt() changed!: number;
  @ValidateNested() @Type(() => ImportCounts) counts!: ImportCounts;
  /** The rows that were touched, judged anew; the first 200 of many. */
  @ValidateNested({ each: true }) @Type(() => ImportGridRow) rows!: ImportGridRow[];
  @IsInt() undoable!: number;
  @IsString() etag!: string;
}

/** Changes cells of a checked import (If-Match) and judges what the change touches by the same rules as the upload. */
export const mendImport = request('records.import.mend', {
  permission: 'record.import',
  effect: 'write',
  request: MendImport,
  reply: ImportMended,
});

export class ReplaceInImport {
  @IsUUID() importId!: string;
  @IsString() @MaxLength(60) sheet!: string;
  @Matches(columnForm) column!: string;
  /** Only cells with this finding. */
  @IsOptional() @IsString() @MaxLength(60) code?: string;
  /** What the cells say now, in full. */
  @IsString() @MaxLength(4000) from!: string;
  @IsString() @MaxLength(4000) to!: string;
}

/** One content of a column becomes another, in every cell that has it: one change, undone as one. */
export const replaceInImport = request('records.import.replace', {
  permission: 'record.import',
  effect: 'write',
  request: ReplaceInImport,
  reply: ImportMended,
});

/** Takes back the last change on screen. */
export const undoMend = request('records.import.mend-undo', {
  permission: 'record.import',
  effect: 'write',
  request: ImportById,
  reply: ImportMended,
});
