import { may } from './oracle';
import { id, query, sending, under, type Route } from './route';
import { month } from './tree';

const organisation = (rest = '') => under('/organisations', 'code', rest);

export const organisationRoutes: Route[] = [
  { route: 'GET /organisations/{code}', who: may.anybodyButAuditing, ask: organisation() },
  { route: 'GET /organisations/{code}/children', who: may.anybodyButAuditing, ask: organisation('/children') },
  {
    // only the authority right above renames
    route: 'PATCH /organisations/{code}',
    who: may.organisations,
    within: ['request.forbidden'],
    ask: sending(organisation(), () => ({ name: '不应改名' })),
  },
  { route: 'GET /organisations/{code}/head-count', who: may.watch, ask: organisation('/head-count') },
  {
    route: 'PUT /organisations/{code}/head-count',
    who: may.declare,
    ask: sending(organisation('/head-count'), () => ({ declared: 19_999 })),
  },
  {
    // only the authority right above confirms
    route: 'POST /organisations/{code}/head-count/confirmation',
    who: may.manage,
    within: ['reporting.not_yours_to_confirm'],
    ask: sending(organisation('/head-count/confirmation'), () => ({ declared: 19_999 })),
  },
  { route: 'GET /head-counts', who: may.watch, ask: query('/head-counts', 'organisation', 'code') },
  ...['/urgings/preview', '/urgings'].map((path): Route => ({
    route: `POST ${path}`,
    who: may.manage,
    ask: sending(
      () => ({ path }),
      (target) => ({ organisations: [id(target, 'code')] }),
    ),
  })),
  { route: 'GET /progress/{code}', who: may.watch, ask: under('/progress', 'code') },
  { route: 'GET /progress/{code}/children', who: may.watch, ask: under('/progress', 'code', '/children') },
  { route: 'GET /progress/{code}/counts', who: may.watch, ask: under('/progress', 'code', '/counts') },
  { route: 'GET /progress/{code}/teachers', who: may.read, ask: under('/progress', 'code', '/teachers?limit=200') },
  {
    route: 'GET /statistics',
    who: may.statistics,
    list: true,
    ask: query('/statistics?by=basic.sex', 'organisation', 'code'),
  },
  {
    route: 'GET /statistics.csv',
    who: may.statistics,
    list: true,
    ask: query('/statistics.csv?by=basic.sex', 'organisation', 'code'),
  },
  {
    // of an authority there is none: it says so
    route: 'GET /workbooks/{organisation}.xlsx',
    who: may.import,
    ask: (target) => ({ path: `/workbooks/${id(target, 'code')}.xlsx` }),
    within: ['records.workbook_not_a_school'],
  },
  { route: 'GET /campaigns', who: may.read, ask: query('/campaigns', 'organisation', 'code') },
  {
    route: 'PUT /campaigns',
    who: may.manage,
    ask: sending(
      () => ({ path: '/campaigns' }),
      (target) => ({
        organisation: id(target, 'code'),
        startsOn: `${month}-01`,
        dueOn: `${month}-10`,
        closesOn: `${month}-20`,
      }),
    ),
  },
  {
    route: 'GET /teachers',
    variant: 'organisation',
    who: may.read,
    list: true,
    ask: query('/teachers', 'organisation', 'code'),
  },
  {
    route: 'GET /teachers.csv',
    variant: 'organisation',
    who: may.takeAway,
    list: true,
    ask: query('/teachers.csv', 'organisation', 'code'),
  },
  {
    route: 'GET /review-cases',
    variant: 'organisation',
    who: may.seeReview,
    list: true,
    ask: query('/review-cases', 'organisation', 'code'),
  },
  {
    route: 'GET /monthly-reports',
    who: may.seeReports,
    list: true,
    ask: query('/monthly-reports', 'organisation', 'code'),
  },
  {
    route: 'POST /accounts',
    who: may.accounts,
    within: ['identity.not_yours_to_issue'],
    ask: sending(
      () => ({ path: '/accounts' }),
      (target) => ({ role: 'systemAdministrator', organisation: id(target, 'code'), loginName: '!' }),
    ),
  },
  ...['/account-batches/preview', '/account-batches'].map((path): Route => ({
    route: `POST ${path}`,
    who: may.accounts,
    within: ['identity.not_yours_to_issue'],
    // each of them has one: nothing is issued
    ask: sending(
      () => ({ path }),
      (target) => ({ role: 'systemAdministrator', organisations: [id(target, 'code')] }),
    ),
  })),
];
