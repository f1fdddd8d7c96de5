import type { components } from '@shidang/client';
import { csrfCookie } from '../api/csrf-cookie';
import { seated, sitDown, standUpForStranger } from './seat';
import { sessionGate } from './session-gate';

type Asked = Pick<components['schemas']['Me'], 'account' | 'post'>;

/**
 * The server refused a proof: another tab of this browser has logged in since. Whether as who sits here, whose requests then go on with
 * the new proof; else nobody sits here any more.
 */
export async function recognise(askMe: () => Promise<Asked>): Promise<boolean> {
  const sitting = seated();
  if (sessionGate.isOpen()) {
    // it is this tab's own dialog that logs in, and perhaps takes up a post yet
    await sessionGate.open().catch(() => undefined);
    return seated() === sitting;
  }
  const proof = csrfCookie();
  const { account, post } = await askMe();
  if (seated() !== sitting) return false;
  if (`${account.id}/${post.id}` === sitting) {
    // a log-in between question and answer: its proof is not the one that was asked about, and is refused once more
    sitDown(account.id, post.id, proof);
    return true;
  }
  standUpForStranger();
  return false;
}
