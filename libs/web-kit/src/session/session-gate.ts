import { gate } from './gate';

/** Open while the session has ended and somebody is asked to log in again. */
export const sessionGate = gate();
