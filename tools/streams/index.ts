export { permissionsConf, streamOf } from './permissions';
export { rebuild, type Rebuilding, type Rebuilt } from './rebuild';
export { refill, type Refilling } from './refill';
export { connectAs, ensureStreams, removeStreams, streamDrifts } from './streams';
