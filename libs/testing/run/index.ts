/** For the global set-up of other Jest projects. */
export { default as build } from './build';
export { endOfRun } from './end-of-run';
export { default as stop } from './stop';
