import { defineWords, say } from '@shidang/web-kit';
import { whoCan, type Feature } from '../../app/feature';
import { page } from '../../app/page';

const words = defineWords('audit-menu', { audit: ['审计', 'Audit'] });

export const audit: Feature = {
  menu: [
    {
      path: '/audit',
      label: () => say(words, 'audit'),
      group: 'administration',
      visible: whoCan('audit.read'),
    },
  ],
  routes: (shell) => [
    page(shell, {
      path: '/audit',
      permissions: ['audit.read'],
      load: () => import('./audit-page'),
      component: 'AuditPage',
    }),
  ],
};
