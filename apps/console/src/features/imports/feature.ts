import { defineWords, say } from '@shidang/web-kit';
import { whoCan, type Feature } from '../../app/feature';
import { page } from '../../app/page';

const words = defineWords('imports-menu', { imports: ['工作簿导入', 'Imports'] });

export const imports: Feature = {
  menu: [
    {
      path: '/imports',
      label: () => say(words, 'imports'),
      group: 'records',
      visible: whoCan('record.import'),
    },
  ],
  routes: (shell) => [
    page(shell, {
      path: '/imports',
      permissions: ['record.import'],
      load: () => import('./imports-page'),
      component: 'ImportsPage',
    }),
    page(shell, {
      path: '/imports/$importId',
      permissions: ['record.import'],
      load: () => import('./import-page'),
      component: 'ImportPage',
    }),
  ],
};
