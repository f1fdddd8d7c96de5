import { gate } from './gate';

/** Open while the password must be changed before anything else is answered. */
export const passwordGate = gate();
