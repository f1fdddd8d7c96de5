import type { components } from '@shidang/client';

export type AuditEvent = components['schemas']['AuditEvent'];
export type AuditService = AuditEvent['service'];

/** One service's trail so far: what was fetched and not shown yet, newest first, and where the next page begins. */
export interface Trail {
  readonly held: readonly AuditEvent[];
  /** Undefined before the first page, null after the last. */
  readonly cursor: string | null | undefined;
}

export type Trails = Readonly<Partial<Record<AuditService, Trail>>>;

export const begun = (services: readonly AuditService[]): Trails =>
  Object.fromEntries(services.map((service) => [service, { held: [], cursor: undefined }]));

const entriesOf = (trails: Trails) => Object.entries(trails) as [AuditService, Trail][];

/** Nothing more can be shown in order before these are asked: theirs might be the next. */
export const starving = (trails: Trails): AuditService[] =>
  entriesOf(trails).flatMap(([service, { held, cursor }]) => (held.length === 0 && cursor !== null ? [service] : []));

export const isOver = (trails: Trails): boolean =>
  entriesOf(trails).every(([, { held, cursor }]) => held.length === 0 && cursor === null);

/** Ids are UUIDv7: their order is the order of time, whichever service made them. */
function newest(trails: Trails): [AuditService, Trail] | undefined {
  return entriesOf(trails)
    .filter(([, { held }]) => held.length > 0)
    .sort(([, a], [, b]) => (a.held[0]!.id < b.held[0]!.id ? 1 : -1))[0];
}

/** The next events of all trails in one order, as far as that order is certain. */
export function shownNext(trails: Trails, most: number): { shown: AuditEvent[]; trails: Trails } {
  const shown: AuditEvent[] = [];
  let rest = trails;
  while (shown.length < most && starving(rest).length === 0) {
    const next = newest(rest);
    if (!next) break;
    const [service, { held, cursor }] = next;
    shown.push(held[0]!);
    rest = { ...rest, [service]: { held: held.slice(1), cursor } };
  }
  return { shown, trails: rest };
}
