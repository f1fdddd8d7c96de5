import { say } from '@shidang/web-kit';
import { whoCan, type Feature } from '../../app/feature';
import { page } from '../../app/page';
import { NoticeBell } from './notice-bell';
import { words } from './words';

export const notices: Feature = {
  menu: [{ path: '/notices', label: () => say(words, 'notices'), group: 'today', visible: whoCan('notice.read') }],
  tool: NoticeBell,
  routes: (shell) => [
    page(shell, {
      path: '/notices',
      permissions: ['notice.read'],
      load: () => import('./notices-page'),
      component: 'NoticesPage',
    }),
  ],
};
