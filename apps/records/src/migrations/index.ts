import { Migration0002Records } from './0002-records';
import { Migration0003Import } from './0003-import';
import { Migration0004StagedImports } from './0004-staged-imports';
import { Migration0006CaseSince } from './0006-case-since';
import { Migration0007ImportProgress } from './0007-import-progress';
import { Migration0010Download } from './0010-download';
import { Migration0011KeptHeader } from './0011-kept-header';
import { Migration0014ImportTrace } from './0014-import-trace';
import { Migration0015ConfirmedSections } from './0015-confirmed-sections';
import { Migration0016Corrections } from './0016-corrections';

export const migrations = [
  { name: '0002-records', migration: Migration0002Records },
  { name: '0003-import', migration: Migration0003Import },
  { name: '0004-staged-imports', migration: Migration0004StagedImports },
  { name: '0006-case-since', migration: Migration0006CaseSince },
  { name: '0007-import-progress', migration: Migration0007ImportProgress },
  { name: '0010-download', migration: Migration0010Download },
  { name: '0011-kept-header', migration: Migration0011KeptHeader },
  { name: '0014-import-trace', migration: Migration0014ImportTrace },
  { name: '0015-confirmed-sections', migration: Migration0015ConfirmedSections },
  { name: '0016-corrections', migration: Migration0016Corrections },
];
