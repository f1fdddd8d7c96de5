import { passwordGate } from './password-gate';
import { sessionGate } from './session-gate';

let seat: string | undefined;

/**
 * Who sits at this tab, by account and post; nobody after a log-out. A request belongs to whom it was made for: held back by a lost
 * connection or an ended session it is not sent as somebody else who logs in here. Not known here: who logs in at another tab of the
 * same browser, whose cookie is this tab's too.
 */
export const seated = (): string | undefined => seat;

export function sitDown(account: string, post: string): void {
  const next = `${account}/${post}`;
  if (seat !== undefined && seat !== next) standUp();
  seat = next;
}

/** Whoever waits behind a dialog is told that nobody will answer it. */
export function standUp(): void {
  seat = undefined;
  sessionGate.refuse();
  passwordGate.refuse();
}
