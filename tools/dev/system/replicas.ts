import { serviceNames } from '@shidang/contracts';
import type { AppName } from './service-environment';

export const apps: readonly AppName[] = [...serviceNames, 'gateway'];

/** One process of an app: `records`, in a cluster also `records-2`. */
export interface Replica {
  readonly app: AppName;
  readonly name: string;
}

export const nameOf = (app: AppName, number: number): string => (number === 1 ? app : `${app}-${number}`);

export const replicasOf = (app: AppName, cluster: boolean): readonly Replica[] =>
  (cluster ? [1, 2] : [1]).map((number) => ({ app, name: nameOf(app, number) }));
