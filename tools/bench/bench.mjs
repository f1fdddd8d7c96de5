/** `npm run bench -- [--scale l|xl] [--lines a,b] [--runs 5] [--seconds 1.5] [--explain] [--profile line]` */
import { ensureReady } from '../dev/ready.mjs';

await ensureReady();
const { main } = (await import('../../dist/tools/bench/main.js')).default;
await main(process.argv.slice(2));
