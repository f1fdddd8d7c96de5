export type Place = 'write' | 'read' | 'bulk' | 'log-in' | 'stream';

/** How it stands at the door. */
export interface DoorNow {
  /** For how long somebody has been waiting in a queue that did not empty meanwhile. Milliseconds. */
  readonly stands: number;
  /** How late this process is. Milliseconds. */
  readonly late: number;
  /** Share of those who come that is turned away, 0 to 1. */
  readonly turnedAway: number;
  /** Places that have proved worth their while, and how many of them are taken. */
  readonly places: number;
  readonly taken: number;
}

export interface Waiting {
  readonly WAITING_MS: number;
  readonly AT_ONCE: number;
}

/** Streams look again by themselves: they may wait. */
const ofStreams = 5_000;
/** They wait for a part of a core at identity; a morning of them is no overload yet. */
const ofLogIns = 2_000;
/** Whoever stands in a queue that does not empty any more will not be served sooner for waiting longer: he waits for this part of `WAITING_MS`. */
const hurry = 0.2;
/** From such a share of those turned away, or below such a part of the places, the door is besieged. */
const much = 0.25;

/**
 * Much is turned away, or the door has become narrow and is full: a log-in that waits its two seconds then is one of too many. A narrow door alone says
 * nothing: it stays so after an overload until more places are wanted.
 */
const isBesieged = ({ turnedAway, places, taken }: DoorNow, { AT_ONCE }: Waiting): boolean =>
  turnedAway > much || (taken >= places && places < AT_ONCE * much);

/** How long somebody may wait for a place (L1), in milliseconds; a queue that stands is an overload, a burst is not. */
export function patienceOf(place: Place, bounds: Waiting, now: DoorNow): number {
  const { WAITING_MS } = bounds;
  if (place === 'stream') return ofStreams;
  const isOverloaded = now.stands > WAITING_MS || isBesieged(now, bounds);
  if (place === 'log-in') return isOverloaded ? WAITING_MS : ofLogIns;
  return Math.max(1, (isOverloaded ? WAITING_MS * hurry : WAITING_MS) - now.late);
}
