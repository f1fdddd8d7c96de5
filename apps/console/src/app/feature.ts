import type { Permission } from '@shidang/access';
import type { Session } from '@shidang/web-kit';
import type { AnyRoute } from '@tanstack/react-router';
import type { ComponentType } from 'react';

/** One line of the left menu. */
export interface MenuEntry {
  /** Below `/console`, such as `/teachers`. */
  readonly path: string;
  /** In the language of now. */
  readonly label: () => string;
  readonly group: MenuGroup;
  /** Drawn only for whom the server would let in. */
  readonly visible: (session: Session) => boolean;
}

export const menuGroups = ['today', 'records', 'supervision', 'administration'] as const;
export type MenuGroup = (typeof menuGroups)[number];

/** What one feature adds to the console: its entries of the menu and its pages. */
export interface Feature {
  readonly menu: readonly MenuEntry[];
  /** Always at hand in the header, such as what is new; part of the first load. */
  readonly tool?: ComponentType;
  /** Routes below the shell, which has a session. Pages guard themselves: `page(shell, { permission })`. */
  readonly routes: (shell: AnyRoute) => readonly AnyRoute[];
  /** Routes that need nobody to be logged in. */
  readonly publicRoutes?: (root: AnyRoute) => readonly AnyRoute[];
}

export const whoCan =
  (...permissions: readonly Permission[]) =>
  ({ can }: Session): boolean =>
    permissions.every(can);
