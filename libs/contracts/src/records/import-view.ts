import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsISO8601, IsOptional, IsString, IsUUID, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { PageMark, PageQuery } from '../page';

/** uploading → uploaded → checking (→ matching → uploaded → checking) → checked → committing → committed → undoing → undone; failed ends it early. */
export const importStates = [
  'uploading',
  'uploaded',
  'checking',
  'matching',
  'checked',
  'committing',
  'committed',
  'undoing',
  'undone',
  'failed',
] as const;
export type ImportState = (typeof importStates)[number];

export class ImportCounts {
  /** Rows with content below the header. */
  @IsInt() rows!: number;
  /** Rows whose natural key is not on file yet. */
  @IsInt() added!: number;
  @IsInt() changed!: number;
  @IsInt() unchanged!: number;
  /** Rows with at least one error: never written. */
  @IsInt() bad!: number;
  /** Single values that differ from what is on file, new rows included. */
  @IsInt() valuesChanged!: number;
  /** Findings of every severity. */
  @IsInt() findings!: number;
  @IsInt() errors!: number;
  @IsInt() teachers!: number;
  /** Teachers in whose record something is (or will be) written; absent in imports older than the figure. */
  @IsOptional() @IsInt() teachersTouched?: number;
}

/** What taking an import back came to. */
export class ImportUndone {
  /** New rows that are gone again. */
  @IsInt() removed!: number;
  /** Changed rows that have their former values again. */
  @IsInt() restored!: number;
  /** Rows that stay: somebody wrote there since, or they were submitted or are effective. */
  @IsInt() kept!: number;
  @IsInt() teachersUndone!: number;
  @IsISO8601() undoneAt!: string;
}

/** What stays out of the records because somebody chose so, and is not lost silently. */
export class ImportIgnored {
  @IsInt() columns!: number;
  /** Cells with content in them. */
  @IsInt() values!: number;
}

/** Why the job stopped, in the words of a refusal. */
export class ImportFailure {
  @IsString() code!: string;
  @IsString() detail!: string;
  @IsString() detailEn!: string;
}

export class ImportView {
  @IsUUID() id!: string;
  @IsIn(importStates) state!: ImportState;
  @IsString() fileName!: string;
  @IsInt() size!: number;
  /** The organisation whose import it is. */
  @IsString() organisation!: string;
  @IsOptional() @IsString() organisationName?: string;
  @IsOptional() @ValidateNested() @Type(() => ImportCounts) counts?: ImportCounts;
  @IsOptional() @ValidateNested() @Type(() => ImportFailure) failure?: ImportFailure;
  /** Columns that are not imported, when there are any. */
  @IsOptional() @ValidateNested() @Type(() => ImportIgnored) ignored?: ImportIgnored;
  /** After the import was taken back. */
  @IsOptional() @ValidateNested() @Type(() => ImportUndone) undone?: ImportUndone;
  /** Grows with every cell mended on screen and every choice of columns: the If-Match of the next. */
  @IsString() etag!: string;
  /** Changes on screen that can be undone, the last first. */
  @IsInt() undoable!: number;
  /** The caller uploaded it: only he sees its cells, mends and commits it. */
  @IsBoolean() isOwn!: boolean;
  /** The file is still there: rows can be shown, the file with red cells downloaded. */
  @IsBoolean() hasFile!: boolean;
  @IsISO8601() createdAt!: string;
  @IsOptional() @IsISO8601() checkedAt?: string;
  @IsOptional() @IsISO8601() committedAt?: string;
}

export class ImportById {
  @IsUUID() importId!: string;
}

/** All bytes are there: the file is looked at now and refused at once when it is hostile; the cells are checked as a job (202). */
export const startImport = request('records.import.start', {
  permission: 'record.import',
  effect: 'write',
  lane: 'bulk',
  request: ImportById,
  reply: ImportView,
});

export const readImport = request('records.import.read', {
  permission: 'record.import',
  effect: 'read',
  request: ImportById,
  reply: ImportView,
});

export class ListImports extends PageQuery {}

export class ImportPage {
  @ValidateNested({ each: true }) @Type(() => ImportView) items!: ImportView[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

export const listImports = request('records.import.list', {
  permission: 'record.import',
  effect: 'read',
  request: ListImports,
  reply: ImportPage,
});

/** Writes the good rows (202); bad rows stay out and stay listed. Without any good row it is refused. */
export const commitImport = request('records.import.commit', {
  permission: 'record.import',
  effect: 'write',
  request: ImportById,
  reply: ImportView,
});

/** Takes back what the import wrote where nobody has touched it since (202); asking again answers as before. */
export const undoImport = request('records.import.undo', {
  permission: 'record.import',
  effect: 'write',
  request: ImportById,
  reply: ImportView,
});
