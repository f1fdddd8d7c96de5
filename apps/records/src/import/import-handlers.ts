import { ExportTeacherListHandler } from '../export/export-teacher-list';
import { ReadTemplateHandler } from '../template/read-template';
import { AppendFileHandler } from './append-file';
import { BeginImportHandler } from './begin-import';
import { CommitImportHandler } from './commit-import';
import { ImportBell } from './import-bell';
import { ListImportIssuesHandler } from './list-import-issues';
import { ReadImportsHandler } from './read-imports';
import { StartImportHandler } from './start-import';

/** Controllers of template, import and csv export: a part of the module's table of contents. */
export const importHandlers = [
  ReadTemplateHandler,
  BeginImportHandler,
  AppendFileHandler,
  StartImportHandler,
  ReadImportsHandler,
  ListImportIssuesHandler,
  CommitImportHandler,
  ExportTeacherListHandler,
];

export const importProviders = [ImportBell];
