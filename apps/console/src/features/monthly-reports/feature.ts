import { say } from '@shidang/web-kit';
import type { Feature } from '../../app/feature';
import { page } from '../../app/page';
import { menuWords } from './menu-words';

export const monthlyReports: Feature = {
  menu: [
    {
      path: '/monthly-reports',
      label: () => say(menuWords, 'monthlyReports'),
      group: 'supervision',
      // schools read the word on the page of progress; nobody reports to them and they report none
      visible: ({ can, post }) => can('report.read') && post.tier !== 'school',
    },
  ],
  routes: (shell) => [
    page(shell, {
      path: '/monthly-reports',
      permissions: ['report.read'],
      load: () => import('./month-page'),
      component: 'MonthPage',
    }),
    page(shell, {
      path: '/monthly-reports/all',
      permissions: ['report.read'],
      load: () => import('./all-reports-page'),
      component: 'AllReportsPage',
    }),
    page(shell, {
      path: '/monthly-reports/$reportId',
      permissions: ['report.read'],
      load: () => import('./report-page'),
      component: 'ReportPage',
    }),
  ],
};
