import type { components } from '@shidang/client';

export type Notice = components['schemas']['NoticeView'];

/** Where a notice leads: to the one thing it is about, or to the list when several are merged in it. */
export function linkOf({ kind, count, caseId, teacherId, reportId, urgingId }: Notice): string {
  switch (kind) {
    case 'case-awaiting-school':
    case 'case-awaiting-authority':
    case 'case-conflict':
      return count === 1 && caseId ? `/review?case=${caseId}` : '/review';
    case 'case-returned-by-school':
    case 'case-returned-by-authority':
      return count === 1 && teacherId
        ? `/teachers/${teacherId}`
        : `/teachers?status=${kind === 'case-returned-by-school' ? 'school-returned' : 'authority-returned'}`;
    case 'case-approved':
      return count === 1 && teacherId ? `/teachers/${teacherId}` : '/teachers?status=effective';
    case 'change-returned':
    case 'correction-applied':
    case 'correction-declined':
      return teacherId ? `/teachers/${teacherId}` : '/teachers';
    case 'correction-asked':
      return '/corrections?state=open';
    case 'report-submitted':
    case 'report-returned':
    case 'report-accepted':
      return reportId ? `/monthly-reports/${reportId}` : '/monthly-reports';
    case 'urging':
    case 'urging-climbed':
      return count === 1 && urgingId ? `/urgings/${urgingId}` : '/urgings?box=received&state=unread';
    case 'urging-answered':
    case 'urging-unanswered':
      return count === 1 && urgingId ? `/urgings/${urgingId}` : '/urgings?box=sent';
  }
}

/** What the router takes of such an address; its types know no address made at run time. */
export function routeOf(address: string): { to: never; search: never } {
  const [to, query] = address.split('?');
  return { to: to as never, search: Object.fromEntries(new URLSearchParams(query)) as never };
}
