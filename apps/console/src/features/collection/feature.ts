import { say, type Session } from '@shidang/web-kit';
import { whoCan, type Feature } from '../../app/feature';
import { page } from '../../app/page';
import { words } from './words';

const visible = (session: Session): boolean => whoCan('progress.read', 'campaign.read')(session);

export const collection: Feature = {
  menu: [{ path: '/collection', label: () => say(words, 'collection'), group: 'supervision', visible }],
  routes: (shell) => [
    page(shell, {
      path: '/collection',
      permissions: ['progress.read', 'campaign.read'],
      load: () => import('./collection-page'),
      component: 'CollectionPage',
    }),
  ],
};
