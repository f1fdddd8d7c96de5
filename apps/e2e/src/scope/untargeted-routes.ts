import { may, type Asker } from './oracle';

/** Routes that name no target: who may at all is asked with an empty body, which changes nothing. */
export const untargeted: { route: string; who: (asker: Asker) => boolean; path?: string }[] = [
  { route: 'POST /teachers', who: may.register },
  { route: 'POST /teacher-lists', who: may.register },
  { route: 'POST /organisations', who: may.organisations },
  { route: 'POST /monthly-reports', who: may.manage },
  { route: 'POST /imports', who: may.import },
  { route: 'GET /imports', who: may.import },
  { route: 'GET /statistics/indicators', who: may.statistics },
  { route: 'GET /import-templates/{category}.xlsx', who: may.import, path: '/import-templates/special.xlsx' },
  { route: 'GET /notices', who: may.anybodyButAuditing },
  { route: 'GET /urgings', who: may.urged, path: '/urgings?box=received&limit=200' },
  { route: 'GET /urgings', who: may.urged, path: '/urgings?box=sent&limit=200' },
  { route: 'POST /urgings', who: may.manage },
  { route: 'POST /urgings/preview', who: may.manage },
  { route: 'GET /head-counts', who: may.watch },
  { route: 'GET /teachers', who: may.read, path: '/teachers?limit=200' },
  { route: 'GET /review-cases', who: may.seeReview, path: '/review-cases?limit=200' },
  { route: 'GET /review-cases/groups', who: may.seeReview, path: '/review-cases/groups?turn=mine' },
  { route: 'GET /review-batches', who: may.review, path: '/review-batches?limit=200' },
  { route: 'POST /selections', who: may.review },
  { route: 'GET /submissions', who: may.seeReview, path: '/submissions?limit=200' },
  { route: 'POST /corrections', who: may.self },
  { route: 'GET /corrections', who: may.read, path: '/corrections?limit=200' },
  { route: 'GET /change-requests', who: may.read, path: '/change-requests?limit=200' },
  { route: 'GET /accounts', who: may.accounts, path: '/accounts?limit=200' },
  { route: 'GET /account-counts', who: may.accounts },
  { route: 'GET /account-coverage', who: may.accounts, path: '/account-coverage?limit=200' },
  { route: 'GET /organisations', who: may.anybodyButAuditing, path: '/organisations?limit=200' },
  { route: 'GET /monthly-reports', who: may.seeReports, path: '/monthly-reports?limit=200' },
  { route: 'GET /report-months/{month}', who: may.seeReports, path: '/report-months/2026-01' },
  { route: 'GET /campaigns', who: may.read },
  { route: 'GET /statistics', who: may.statistics, path: '/statistics?by=basic.sex' },
  { route: 'GET /teachers.csv', who: may.takeAway },
  { route: 'GET /audit-events/identity', who: may.audit, path: '/audit-events/identity?limit=200' },
  { route: 'GET /audit-events/records', who: may.audit, path: '/audit-events/records?limit=200' },
  { route: 'GET /audit-events/review', who: may.audit, path: '/audit-events/review?limit=200' },
  { route: 'GET /audit-events/reporting', who: may.audit, path: '/audit-events/reporting?limit=200' },
  { route: 'GET /audit-events/notifications', who: may.audit, path: '/audit-events/notifications?limit=200' },
  { route: 'GET /audit-chains/identity', who: may.audit },
  { route: 'GET /audit-chains/records', who: may.audit },
  { route: 'GET /audit-chains/review', who: may.audit },
  { route: 'GET /audit-chains/reporting', who: may.audit },
  { route: 'GET /audit-chains/notifications', who: may.audit },
];

/** Never ends for who may hear it, and so is asked by those who may not: like the thing itself. */
export const streams = ['GET /jobs/{jobId}/events'];

/** Open to whoever has a session, or to nobody in particular: about the one who asks. */
export const aboutOneself = [
  'POST /sessions',
  'DELETE /sessions/current',
  'PUT /sessions/current/post',
  'POST /activations',
  'POST /activations/preview',
  'GET /me',
  'GET /me/permissions',
  'GET /me/events',
  'PUT /me/password',
  'POST /notices/read',
];
