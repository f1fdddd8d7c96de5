import type { Permission } from '@shidang/access';
import { useSession } from '@shidang/web-kit';
import { createRoute, type AnyRoute } from '@tanstack/react-router';
import { lazy, type ComponentType } from 'react';
import { ForbiddenPage } from './forbidden-page';

interface PageOptions<M extends Record<string, unknown>, K extends keyof M & string> {
  /** TanStack Router's form, such as `/teachers/$teacherId`. */
  readonly path: string;
  /** Every one of these, or the page of refusal is shown instead: nothing is loaded. */
  readonly permissions: readonly Permission[];
  /** The page is a chunk of its own: `() => import('./teachers-page')`. */
  readonly load: () => Promise<M>;
  readonly component: K;
}

function guarded(permissions: readonly Permission[], Page: ComponentType) {
  return function Guarded() {
    const { can } = useSession();
    const missing = permissions.filter((permission) => !can(permission));
    return missing.length > 0 ? <ForbiddenPage permissions={missing} /> : <Page />;
  };
}

/** A page below the shell: lazy, and refused by URL to whom the server would refuse it. */
export function page<M extends Record<string, unknown>, K extends keyof M & string>(
  shell: AnyRoute,
  { path, permissions, load, component }: PageOptions<M, K>,
): AnyRoute {
  // lazyRouteComponent calls `use` only until the chunk is there, which React 19.3 reports as an error
  const Page = lazy(async () => ({ default: (await load())[component] as ComponentType }));
  return createRoute({
    getParentRoute: () => shell,
    path,
    component: guarded(permissions, Page),
  }) as unknown as AnyRoute;
}
