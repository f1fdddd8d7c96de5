import { IsISO8601, IsString, IsUUID, Length } from 'class-validator';
import { request } from '../contract';

/** 与去年一致: who fills a section says that it is still right as it stands. Holds until a row changes or the year ends. */
export class ConfirmSection {
  @IsUUID() teacherId!: string;
  @IsString() section!: string;
  /** Of the section as it was read; other rows by now are a conflict. */
  @IsString() @Length(16, 16) contentTag!: string;
}

export class SectionConfirmed {
  @IsString() section!: string;
  @IsISO8601() confirmedAt!: string;
}

export const confirmSection = request('records.section.confirm', {
  permission: 'record.fill',
  effect: 'write',
  request: ConfirmSection,
  reply: SectionConfirmed,
});
