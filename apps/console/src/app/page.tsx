import type { Permission } from '@shidang/access';
import { useSession } from '@shidang/web-kit';
import { createRoute, lazyRouteComponent, type AnyRoute } from '@tanstack/react-router';
import type { ComponentType } from 'react';
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
  const Page = lazyRouteComponent(load as () => Promise<Record<string, ComponentType>>, component);
  return createRoute({
    getParentRoute: () => shell,
    path,
    component: guarded(permissions, Page as ComponentType),
  }) as unknown as AnyRoute;
}
