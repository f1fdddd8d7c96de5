import { say } from '@shidang/web-kit';
import { whoCan, type Feature } from '../../app/feature';
import { page } from '../../app/page';
import { words } from './words';

export const urgings: Feature = {
  menu: [{ path: '/urgings', label: () => say(words, 'urgings'), group: 'supervision', visible: whoCan('urge.read') }],
  routes: (shell) => [
    page(shell, {
      path: '/urgings',
      permissions: ['urge.read'],
      load: () => import('./urgings-page'),
      component: 'UrgingsPage',
    }),
    page(shell, {
      path: '/urgings/$urgingId',
      permissions: ['urge.read'],
      load: () => import('./urging-page'),
      component: 'UrgingPage',
    }),
  ],
};
