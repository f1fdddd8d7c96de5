export type { Attacking, Found } from './attack';
export { malformed } from './attacks/malformed';
export { subjects } from './attacks/subjects';
export { Asker } from './door/asker';
