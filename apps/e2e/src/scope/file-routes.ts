import { may, type Asker } from './oracle';
import { sending, under, type Route } from './route';

const report = (rest = '') => under('/monthly-reports', 'reportId', rest);
const reason = '核对信息';

export const reportRoutes: Route[] = [
  { route: 'GET /monthly-reports/{reportId}', who: may.seeReports, ask: report() },
  { route: 'GET /monthly-reports/{reportId}.xlsx', who: may.seeReports, ask: report('.xlsx') },
  {
    route: 'GET /monthly-reports/{reportId}/cells/{key}/records',
    who: may.seeReports,
    ask: report('/cells/entered/records'),
  },
  { route: 'PATCH /monthly-reports/{reportId}', who: may.manage, ask: sending(report(), () => ({ cells: {} })) },
  ...['submission', 'acceptance'].map((verb): Route => ({
    route: `POST /monthly-reports/{reportId}/${verb}`,
    who: may.manage,
    ask: sending(report(`/${verb}`), () => ({})),
  })),
  ...['return', 'restatements'].map((verb): Route => ({
    route: `POST /monthly-reports/{reportId}/${verb}`,
    who: may.manage,
    ask: sending(report(`/${verb}`), () => ({ reason })),
  })),
];

export const importRoutes: Route[] = [
  { route: 'GET /imports/{importId}', who: may.import, ask: under('/imports', 'importId') },
  // where the import is read, its job is
  { route: 'GET /jobs/{jobId}', variant: 'import', who: may.import, unseen: true, ask: under('/jobs', 'importId') },
  { route: 'GET /imports/{importId}/issues', who: may.import, ask: under('/imports', 'importId', '/issues') },
  { route: 'GET /imports/{importId}/causes', who: may.import, ask: under('/imports', 'importId', '/causes') },
  ...['/sheets', '/columns', '/rows?sheet=%E5%9F%BA%E6%9C%AC%E4%BF%A1%E6%81%AF', '/annotated.xlsx'].map(
    (rest): Route => ({
      route: `GET /imports/{importId}${rest.split('?')[0]}`,
      who: may.import,
      // cells stand there in full: only who sent them
      ownOnly: true,
      // the commit that is asked beside it takes the file away
      within: ['records.import_file_gone'],
      ask: under('/imports', 'importId', rest),
    }),
  ),
  {
    route: 'PATCH /imports/{importId}/cells',
    who: may.import,
    ownOnly: true,
    ask: sending(under('/imports', 'importId', '/cells'), () => ({
      cells: [{ sheet: '基本信息', row: 2, column: 'C', value: '' }],
    })),
  },
  {
    route: 'POST /imports/{importId}/replacements',
    who: may.import,
    ownOnly: true,
    ask: sending(under('/imports', 'importId', '/replacements'), () => ({
      sheet: '基本信息',
      column: 'C',
      from: '男',
      to: '1-男',
    })),
  },
  {
    route: 'PUT /imports/{importId}/columns',
    who: may.import,
    ownOnly: true,
    ask: sending(under('/imports', 'importId', '/columns'), () => ({ sheets: [{ sheet: '没有这张表', columns: [] }] })),
  },
  ...['/cells/undo', '/commit', '/undo'].map((rest): Route => ({
    route: `POST /imports/{importId}${rest}`,
    who: may.import,
    ownOnly: true,
    ask: sending(under('/imports', 'importId', rest), () => ({})),
  })),
];

const makesBatches = (asker: Asker) => asker.role === 'principal';

export const batchRoutes: Route[] = [
  { route: 'GET /review-batches/{batchId}', who: may.review, ask: under('/review-batches', 'batchId') },
  {
    route: 'GET /review-batches/{batchId}/items',
    who: may.review,
    ask: under('/review-batches', 'batchId', '/items'),
  },
  { route: 'GET /jobs/{jobId}', variant: 'batch', who: () => true, ownOnly: true, ask: under('/jobs', 'batchId') },
  ...['undo', 'release'].map((verb): Route => ({
    route: `POST /review-batches/{batchId}/${verb}`,
    who: may.review,
    within: ['review.not_your_batch'],
    notBy: makesBatches,
    ask: sending(under('/review-batches', 'batchId', `/${verb}`), () => ({})),
  })),
];

export const receiptRoutes: Route[] = [
  { route: 'GET /submissions/{receipt}', who: may.seeReview, ask: under('/submissions', 'receipt') },
];

export const noticeRoutes: Route[] = [
  {
    route: 'POST /notices/{noticeId}/read',
    who: may.anybodyButAuditing,
    ask: sending(under('/notices', 'noticeId', '/read'), () => ({})),
  },
];

const urging = (rest = '') => under('/urgings', 'urgingId', rest);

export const urgingRoutes: Route[] = [
  { route: 'GET /urgings/{urgingId}', who: may.urged, ask: urging() },
  { route: 'GET /urgings/{urgingId}/receipts', who: may.manage, ask: urging('/receipts') },
  {
    // its recipients alone
    route: 'POST /urgings/{urgingId}/receipt',
    who: may.urged,
    within: ['notifications.not_addressed'],
    ask: sending(urging('/receipt'), () => ({})),
  },
  {
    route: 'POST /urgings/{urgingId}/reply',
    who: may.urged,
    within: ['notifications.not_addressed'],
    ask: sending(urging('/reply'), () => ({ words: '已在办理' })),
  },
];
