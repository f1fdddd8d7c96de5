import { say } from '@shidang/web-kit';
import { whoCan, type Feature } from '../../app/feature';
import { page } from '../../app/page';
import { words } from './words';

export const progress: Feature = {
  menu: [
    { path: '/progress', label: () => say(words, 'progress'), group: 'supervision', visible: whoCan('progress.read') },
  ],
  routes: (shell) => [
    page(shell, {
      path: '/progress',
      permissions: ['progress.read'],
      load: () => import('./progress-page'),
      component: 'ProgressPage',
    }),
    page(shell, {
      path: '/progress/$code/teachers',
      permissions: ['progress.read', 'teacher.read'],
      load: () => import('./progress-teachers-page'),
      component: 'ProgressTeachersPage',
    }),
    page(shell, {
      path: '/progress/$code/bulletin',
      permissions: ['progress.read'],
      load: () => import('./bulletin-page'),
      component: 'BulletinPage',
    }),
  ],
};
