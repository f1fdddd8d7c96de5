/** `npm run overload`: how the system behaves when ten times more is asked than it can do. */
import { ensureReady } from '../dev/ready.mjs';

await ensureReady();
const { main } = (await import('../../dist/tools/bench/overload/main.js')).default;
await main(process.argv.slice(2));
