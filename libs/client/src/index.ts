export { shidangClient, type ClientSettings, type ShidangClient } from './client';
export { answer, RefusedByServer, type Problem } from './problem';
export type { components, operations, paths } from './generated/api';
