import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Min } from 'class-validator';
import { request } from '../contract';
import { FileChunk } from './import-file';

export const templateCategories = ['primarySecondary', 'kindergarten', 'vocational', 'special'] as const;
export type TemplateCategory = (typeof templateCategories)[number];

/** The workbook to fill in, one per school category, in pieces of 512 kB. */
export class ReadTemplate {
  @IsIn(templateCategories) category!: TemplateCategory;
  @IsOptional() @Type(() => Number) @IsInt() @Min(0) offset?: number;
}

export const readTemplate = request('records.template.read', {
  permission: 'record.import',
  effect: 'read',
  lane: 'bulk',
  request: ReadTemplate,
  reply: FileChunk,
});
