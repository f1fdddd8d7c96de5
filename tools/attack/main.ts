import 'reflect-metadata';
import { linesOf, namedRuns } from '@shidang/dev';
import { attacks } from './attacks';
import { runAttacks } from './run-attacks';

const usage = `npm run attack [-- NAME… --seed N --requests N --minutes M --list]
  without a name all of them, in turn; the same seed sends the same requests
${linesOf(attacks)}`;

function wishes(args: string[]) {
  const { numbers, ...wish } = namedRuns(args, attacks, ['requests', 'minutes']);
  if (!(Number(wish.seed) > 0)) throw new Error('--seed is a number above zero');
  return { ...wish, requests: numbers['requests'] ?? 50_000, minutes: numbers['minutes'] ?? 1 };
}

/** Exit code 1: something gave way. */
export async function main(args: string[]): Promise<void> {
  let wish: ReturnType<typeof wishes>;
  try {
    wish = wishes(args);
  } catch (failure) {
    console.error(`${(failure as Error).message}\n${usage}`);
    process.exitCode = 2;
    return;
  }
  if (wish.list) {
    console.log(usage);
    return;
  }
  const verdicts = await runAttacks(wish.chosen, { ...wish, say: (line) => console.log(line) });
  const failed = verdicts.filter(({ violations }) => violations.length > 0);
  console.log(`\n${verdicts.length - failed.length} attacks held, ${failed.length} got through (seed ${wish.seed})`);
  process.exit(failed.length === 0 ? 0 : 1);
}
