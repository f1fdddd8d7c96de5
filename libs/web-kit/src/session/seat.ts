import { passwordGate } from './password-gate';
import { sessionGate } from './session-gate';

interface Seat {
  readonly who: string;
  /** Of the session this tab has begun or found: the cookie is the browser's, another tab may log in as somebody else. */
  readonly proof: string | undefined;
}

let seat: Seat | undefined;

/**
 * Who sits at this tab, by account and post; nobody after a log-out. A request belongs to whom it was made for: held back by a lost
 * connection or an ended session it is never sent as somebody else.
 */
export const seated = (): string | undefined => seat?.who;

/** The proof writes of this tab carry; with another tab's session the server refuses it. */
export const seatProof = (): string | undefined => seat?.proof;

export function sitDown(account: string, post: string, proof: string | undefined): void {
  const who = `${account}/${post}`;
  if (seat !== undefined && seat.who !== who) standUp();
  seat = { who, proof };
}

/** The same person has logged in again here. */
export function sitOn(proof: string | undefined): void {
  if (seat) seat = { ...seat, proof };
}

/** Whoever waits behind a dialog is told that nobody will answer it. */
export function standUp(): void {
  seat = undefined;
  sessionGate.refuse();
  passwordGate.refuse();
}
