import { forgetAnswers } from './kept-answers';
import { clearKeptShelf } from './kept-shelf';
import { declarePersonal } from './personal-device';

const ownerKey = 'shidang.me.owner';

/** Nothing of anybody's work stays here. */
export async function clearDevice(): Promise<void> {
  declarePersonal(false);
  await Promise.all([clearKeptShelf(), forgetAnswers()]);
}

/** The device is this account's from now on: what another one left on it goes, its own stays. */
export async function claimDevice(accountId: string): Promise<void> {
  try {
    const owner = localStorage.getItem(ownerKey);
    if (owner === accountId) return;
    if (owner !== null) await clearDevice();
    localStorage.setItem(ownerKey, accountId);
  } catch {
    // a browser that keeps nothing has nothing to clear
  }
}
