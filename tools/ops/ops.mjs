/** `npm run ops -- <noun> <verb> …`: what an operator does, beside the running system or without one. */
import { ensureReady } from '../dev/ready.mjs';

const said = console.log;
// With --json standard output is the answer alone.
if (process.argv.includes('--json')) console.log = console.error;
await ensureReady();
console.log = said;
const { main } = (await import('../../dist/tools/ops/main.js')).default;
process.exitCode = await main(process.argv.slice(2));
