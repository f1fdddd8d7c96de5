export { permissionsConf, streamOf } from './permissions';
export { connectAs, ensureStreams, removeStreams, streamDrifts } from './streams';
