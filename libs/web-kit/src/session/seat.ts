import { csrfCookie } from '../api/csrf-cookie';
import { passwordGate } from './password-gate';
import { sessionGate } from './session-gate';

let seat: string | undefined;
let proof: string | undefined;
const heard = new Set<() => void>();

/**
 * Who sits at this tab, by account and post; nobody after a log-out. A request belongs to whom it was made for: held back by a lost
 * connection or an ended session it is not sent as somebody else who logs in here.
 */
export const seated = (): string | undefined => seat;

/**
 * What a write of this tab proves its session with. Another tab of the same browser may log somebody else in: the cookie is this tab's
 * too from then on, the proof is not, and the server refuses what the two disagree on.
 */
export const proofOfSeat = (): string | undefined => proof ?? csrfCookie();

/** Whose the browser's session is, is not known yet: no server takes this proof, so that the first write asks. */
export const unproven = 'unproven';

export function sitDown(account: string, post: string, withProof = csrfCookie()): void {
  const next = `${account}/${post}`;
  if (seat !== undefined && seat !== next) standUpForStranger();
  seat = next;
  proof = withProof;
}

/** Whoever waits behind a dialog is told that nobody will answer it. */
export function standUp(): void {
  seat = undefined;
  proof = undefined;
  sessionGate.refuse();
  passwordGate.refuse();
}

/** The session was found to be somebody else's, who logged in at another tab: what this tab shows is not theirs. */
export function standUpForStranger(): void {
  standUp();
  heard.forEach((each) => each());
}

export function onStranger(listener: () => void): () => void {
  heard.add(listener);
  return () => void heard.delete(listener);
}
