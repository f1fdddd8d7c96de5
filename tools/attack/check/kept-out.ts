import type { Violation } from './violation';

/** "Nobody": not signed in, or signed out. A cookie without the proof of our own page is refused as such. */
const nobody = new Set(['request.unauthenticated', 'identity.session_ended']);
const unproven = 'gateway.csrf_token_missing';

export interface Tried {
  /** What was shown at the door: `a token that was cut`. */
  readonly token: string;
  readonly where: string;
  /** Absent over NATS, where a refusal is a code. */
  readonly status?: number;
  readonly code: string;
}

/** Whoever shows what is no good token is nobody: every other answer let him in, or told him what there is. */
export function keptOut(tried: readonly Tried[]): Violation[] {
  return tried.flatMap(({ token, where, status, code }) => {
    const isNobody = nobody.has(code) && (status === undefined || status === 401);
    const isUnproven = code === unproven && status === 403;
    if (isNobody || isUnproven) return [];
    return [{ check: 'kept-out', says: `${where} with ${token}: ${status ?? ''} ${code || 'an answer'}` }];
  });
}
