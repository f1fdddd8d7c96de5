import type { QueryClient } from '@tanstack/react-query';
import { createRootRoute, createRoute, createRouter, Outlet, type AnyRoute } from '@tanstack/react-router';
import { features } from './features';
import { LogInPage } from './log-in-page';
import { NotFoundPage } from './not-found-page';
import { PasswordPage } from './password-page';
import { FailedPage } from './failed-page';
import { Shell } from './shell';
import { parseUrlSearch, urlSearchOf } from './url-state';

/** All pages of the console below `/console`. */
export function consoleRouter(_queries: QueryClient) {
  const root = createRootRoute({ component: Outlet });
  const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });
  const anyRoot = root as unknown as AnyRoute;
  const anyShell = shell as unknown as AnyRoute;
  const logIn = createRoute({ getParentRoute: () => root, path: '/log-in', component: LogInPage });
  const password = createRoute({ getParentRoute: () => shell, path: '/password', component: PasswordPage });
  return createRouter({
    routeTree: root.addChildren([
      logIn,
      ...features.flatMap(({ publicRoutes }) => publicRoutes?.(anyRoot) ?? []),
      shell.addChildren([password, ...features.flatMap(({ routes }) => routes(anyShell))]),
    ]),
    basepath: '/console',
    parseSearch: parseUrlSearch,
    stringifySearch: (search) => urlSearchOf(search as Record<string, string>),
    defaultNotFoundComponent: NotFoundPage,
    defaultErrorComponent: FailedPage,
    defaultPendingMs: 300,
    scrollRestoration: true,
  });
}
