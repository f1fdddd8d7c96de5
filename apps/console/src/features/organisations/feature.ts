import { defineWords, say } from '@shidang/web-kit';
import { whoCan, type Feature } from '../../app/feature';
import { page } from '../../app/page';

const menuWords = defineWords('organisations-menu', { organisations: ['机构', 'Organisations'] });

export const organisations: Feature = {
  menu: [
    {
      path: '/organisations',
      label: () => say(menuWords, 'organisations'),
      group: 'administration',
      visible: (session) => whoCan('organisation.read')(session) && session.post.tier !== 'school',
    },
  ],
  routes: (shell) => [
    page(shell, {
      path: '/organisations',
      permissions: ['organisation.read'],
      load: () => import('./organisations-page'),
      component: 'OrganisationsPage',
    }),
  ],
};
