/** `npm run drill [-- NAME --seed N --minutes M]`: faults under load, and whether anything was lost or done twice. */
import { ensureReady } from '../dev/ready.mjs';

await ensureReady();
const { main } = (await import('../../dist/tools/drill/main.js')).default;
await main(process.argv.slice(2));
