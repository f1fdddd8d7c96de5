/** `npm run attack [-- NAME… --seed N --requests N]`: hostile requests, tokens, files and neighbours, and whether anything gave way. */
import { ensureReady } from '../dev/ready.mjs';

await ensureReady();
const { main } = (await import('../../dist/tools/attack/main.js')).default;
await main(process.argv.slice(2));
