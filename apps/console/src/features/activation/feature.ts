import { createRoute, lazyRouteComponent, type AnyRoute } from '@tanstack/react-router';
import type { Feature } from '../../app/feature';

/** Open to whoever holds a slip; nobody is logged in yet. */
export const activation: Feature = {
  menu: [],
  routes: () => [],
  publicRoutes: (root) => [
    createRoute({
      getParentRoute: () => root,
      path: '/activate',
      component: lazyRouteComponent(() => import('./activation-page'), 'ActivationPage'),
    }) as unknown as AnyRoute,
  ],
};
