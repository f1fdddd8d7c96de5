/** `npm start`: from a fresh clone to a running system. No dependencies here: nothing is installed yet. */
import { ensureReady } from './ready.mjs';

await ensureReady();
const { main } = (await import('../../dist/tools/dev/main.js')).default;
await main(process.argv.slice(2));
