/** `npm run audit -- verify [--json]`: the audit chains of all services, with their heads outside of the databases. */
import { ensureReady } from './ready.mjs';

await ensureReady();
const { main } = (await import('../../dist/tools/dev/audit.js')).default;
await main(process.argv.slice(2));
