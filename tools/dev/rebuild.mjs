/** `npm run rebuild -- --service <service>`: a read model from the outboxes of the others. */
import { ensureReady } from './ready.mjs';

await ensureReady();
const { main } = (await import('../../dist/tools/dev/rebuild-read-model.js')).default;
await main(process.argv.slice(2));
