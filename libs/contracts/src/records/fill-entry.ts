import { Type } from 'class-transformer';
import { IsIn, IsObject, IsString, IsUUID, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { recordStages } from './events';
import { EntryView } from './read-section';
import { RecordFinding } from './record-finding';

/** A new row of a repeating section; values by indicator key, as typed. */
export class AddEntry {
  @IsUUID() teacherId!: string;
  @IsString() section!: string;
  @IsObject() values!: Record<string, unknown>;
}

export class EntryWritten {
  @ValidateNested() @Type(() => EntryView) entry!: EntryView;
  @IsIn(recordStages) stage!: string;
  /** Does not stop a draft: what would be said at submission about this row. */
  @ValidateNested({ each: true }) @Type(() => RecordFinding) findings!: RecordFinding[];
  /** The entry's version, for If-Match. */
  @IsString() etag!: string;
}

export const addEntry = request('records.entry.add', {
  permission: 'record.fill',
  effect: 'write',
  request: AddEntry,
  reply: EntryWritten,
});

/** Only the values named change; `null` or blank text empties one. */
export class PatchEntry {
  @IsUUID() teacherId!: string;
  @IsString() section!: string;
  @IsUUID() entryId!: string;
  @IsObject() values!: Record<string, unknown>;
}

export const patchEntry = request('records.entry.patch', {
  permission: 'record.fill',
  effect: 'write',
  request: PatchEntry,
  reply: EntryWritten,
});

export class RemoveEntry {
  @IsUUID() teacherId!: string;
  @IsString() section!: string;
  @IsUUID() entryId!: string;
}

export class EntryRemoved {
  @IsUUID() entryId!: string;
  @IsIn(recordStages) stage!: string;
}

export const removeEntry = request('records.entry.remove', {
  permission: 'record.fill',
  effect: 'write',
  request: RemoveEntry,
  reply: EntryRemoved,
});
