/** `npm run service -- <service> <verb>`: a service's own command, with the environment of the running system. */
import { ensureReady } from './ready.mjs';

await ensureReady();
const { main } = (await import('../../dist/tools/dev/run-verb.js')).default;
await main(process.argv.slice(2));
