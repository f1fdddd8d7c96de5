import { ExportTeacherListHandler } from '../export/export-teacher-list';
import { DownloadShelf } from '../download/download-shelf';
import { ReadPrefilledWorkbookHandler } from '../template/read-prefilled-workbook';
import { ReadTemplateHandler } from '../template/read-template';
import { AnnotateImportHandler } from './annotate-import';
import { AppendFileHandler } from './append-file';
import { BeginImportHandler } from './begin-import';
import { CommitImportHandler } from './commit-import';
import { ImportBell } from './import-bell';
import { ImportGauges } from './import-gauges';
import { ReadJobHandler } from './job/read-job';
import { ListImportCausesHandler } from './list-import-causes';
import { ListImportIssuesHandler } from './list-import-issues';
import { ListColumnsHandler } from './matching/list-columns';
import { MatchImportHandler } from './matching/match-import';
import { ListImportRowsHandler } from './list-import-rows';
import { MendImportHandler } from './mending/mend-import';
import { ReadImportsHandler } from './read-imports';
import { StartImportHandler } from './start-import';
import { UndoImportHandler } from './undo-import';

/** Controllers of template, import and csv export: a part of the module's table of contents. */
export const importHandlers = [
  ReadTemplateHandler,
  ReadPrefilledWorkbookHandler,
  BeginImportHandler,
  AppendFileHandler,
  StartImportHandler,
  ReadImportsHandler,
  ListImportIssuesHandler,
  ListImportCausesHandler,
  ListImportRowsHandler,
  ListColumnsHandler,
  MatchImportHandler,
  MendImportHandler,
  CommitImportHandler,
  UndoImportHandler,
  ReadJobHandler,
  AnnotateImportHandler,
  ExportTeacherListHandler,
];

export const importProviders = [ImportBell, ImportGauges, DownloadShelf];
