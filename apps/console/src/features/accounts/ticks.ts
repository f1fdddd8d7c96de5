import type { components } from '@shidang/client';

type Coverage = components['schemas']['AccountCoverage'];
type Role = Coverage['roles'][number]['role'];

/** One ticked cell of the matrix organisations × roles. */
export interface Tick {
  readonly organisation: string;
  readonly organisationName: string;
  readonly role: Role;
}

export type Ticks = ReadonlyMap<string, Tick>;

/** As the contract allows. */
export const mostTicks = 500;

export const tickKey = ({ organisation, role }: Pick<Tick, 'organisation' | 'role'>): string =>
  `${role}@${organisation}`;

export const tickOf = ({ organisation, organisationName }: Coverage, role: Role): Tick => ({
  organisation,
  organisationName,
  role,
});

/** Ticks when any of them is not ticked yet, else unticks all of them. */
export function toggled(ticks: Ticks, cells: readonly Tick[], on: boolean): Ticks {
  const next = new Map(ticks);
  for (const cell of cells) {
    if (on) next.set(tickKey(cell), cell);
    else next.delete(tickKey(cell));
  }
  return next;
}

/** The role ticked most with its organisations, the rest beside it: one request, issued or refused together. */
export function batchOf(ticks: Ticks): components['schemas']['AccountBatch'] {
  const cells = [...ticks.values()];
  const times = (role: Role) => cells.filter((cell) => cell.role === role).length;
  const { role } = cells.reduce((most, cell) => (times(cell.role) > times(most.role) ? cell : most));
  return {
    role,
    organisations: cells.filter((cell) => cell.role === role).map((cell) => cell.organisation),
    also: cells
      .filter((cell) => cell.role !== role)
      .map(({ organisation, role: other }) => ({ organisation, role: other })),
  };
}
