import { defineWords, say } from '@shidang/web-kit';
import { whoCan, type Feature } from '../../app/feature';
import { page } from '../../app/page';

const menuWords = defineWords('accounts-menu', { accounts: ['账号管理', 'Accounts'] });

export const accounts: Feature = {
  menu: [
    {
      path: '/accounts',
      label: () => say(menuWords, 'accounts'),
      group: 'administration',
      visible: whoCan('account.read'),
    },
  ],
  routes: (shell) => [
    page(shell, {
      path: '/accounts',
      permissions: ['account.read'],
      load: () => import('./accounts-page'),
      component: 'AccountsPage',
    }),
    page(shell, {
      path: '/accounts/issue',
      permissions: ['account.read', 'account.issue'],
      load: () => import('./issue-page'),
      component: 'IssuePage',
    }),
  ],
};
