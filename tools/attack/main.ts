import 'reflect-metadata';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Attack } from './attack';
import { attacks } from './attacks';
import { runAttacks, type Wish } from './run-attacks';

const usage = `npm run attack [-- NAME… --seed N --requests N --minutes M --list]
  without a name all of them, in turn; the same seed sends the same requests
${attacks.map(({ name, says }) => `  ${name.padEnd(10)} ${says}`).join('\n')}`;

function wishes(args: string[]): Omit<Wish, 'say'> & { chosen: readonly Attack[]; list: boolean } {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: String(randomInt(1, 1_000_000)) },
      requests: { type: 'string', default: '50000' },
      minutes: { type: 'string', default: '1' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.filter((name) => !attacks.some((attack) => attack.name === name));
  if (unknown.length > 0) throw new Error(`no attack is called ${unknown.join(', ')}`);
  const [requests, minutes] = [Number(values.requests), Number(values.minutes)];
  if (!(requests > 0 && minutes > 0 && Number(values.seed) > 0))
    throw new Error('--seed, --requests and --minutes are numbers above zero');
  return {
    chosen: positionals.length === 0 ? attacks : attacks.filter(({ name }) => positionals.includes(name)),
    seed: values.seed,
    requests,
    minutes,
    list: values.list || values.help,
  };
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
