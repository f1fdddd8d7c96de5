import { answer, RefusedByServer } from '@shidang/client';
import { frankApi } from '../api/api';
import { csrfCookie, forgetProof } from '../api/csrf-cookie';

/** Milliseconds the server is waited for: who logs out walks away. */
const patience = 5_000;

/**
 * Whether the server has ended the session of this browser. One that cannot be reached is told when the connection is back, as long as this page lives; meanwhile no page of
 * ours takes this browser for logged in. The old proof ends no session that begins since.
 */
export async function endSession(): Promise<boolean> {
  const proof = csrfCookie();
  const headers = proof === undefined ? {} : { 'x-csrf-token': proof };
  const end = () =>
    answer(frankApi.DELETE('/api/v1/sessions/current', { headers, signal: AbortSignal.timeout(patience) }));
  try {
    await end();
    return true;
  } catch (failure) {
    if (failure instanceof RefusedByServer && failure.problem.status === 401) return true;
    forgetProof();
    window.addEventListener('online', () => void end().catch(() => undefined), { once: true });
    return false;
  }
}
