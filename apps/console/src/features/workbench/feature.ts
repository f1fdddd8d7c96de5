import { defineWords, say } from '@shidang/web-kit';
import { page } from '../../app/page';
import type { Feature } from '../../app/feature';

const words = defineWords('workbench-menu', { workbench: ['工作台', 'Workbench'] });

export const workbench: Feature = {
  menu: [{ path: '/', label: () => say(words, 'workbench'), group: 'today', visible: () => true }],
  routes: (shell) => [
    page(shell, { path: '/', permissions: [], load: () => import('./workbench-page'), component: 'WorkbenchPage' }),
  ],
};
