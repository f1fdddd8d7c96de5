import 'reflect-metadata';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Drill } from './drill';
import { drills } from './drills';
import { runDrill, type RunWish } from './run-drill';
import type { Verdict } from './verdict';

const usage = `npm run drill [-- NAME… --seed N --minutes M --seconds S --pause MS --list]
  without a name all of them, in turn; the same seed is the same schedule and the same operations
${drills.map(({ name, says }) => `  ${name.padEnd(9)} ${says}`).join('\n')}`;

function wishes(args: string[]): {
  chosen: readonly Drill[];
  seed: string;
  minutes?: number;
  seconds?: number;
  pause?: number;
  list: boolean;
} {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      seed: { type: 'string' },
      minutes: { type: 'string' },
      seconds: { type: 'string' },
      pause: { type: 'string' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.filter((name) => !drills.some((drill) => drill.name === name));
  const [minutes, seconds, pause] = [values.minutes, values.seconds, values.pause].map((value) =>
    value === undefined ? undefined : Number(value),
  );
  if (unknown.length > 0) throw new Error(`no drill is called ${unknown.join(', ')}`);
  if (minutes !== undefined && !(minutes > 0))
    throw new Error(`--minutes ${values.minutes} is not a number of minutes`);
  return {
    chosen: positionals.length === 0 ? drills : drills.filter(({ name }) => positionals.includes(name)),
    seed: values.seed ?? String(randomInt(1, 1_000_000)),
    minutes,
    seconds,
    pause,
    list: values.list || values.help,
  };
}

async function one(drill: Drill, wish: RunWish): Promise<Verdict> {
  console.log(`\n── ${drill.name} (seed ${wish.seed}): ${drill.says}`);
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1).padStart(6);
  const verdict = await runDrill(drill, { ...wish, say: (line) => wish.say(`${seconds()} s  ${line}`) });
  const { violations, skipped } = verdict;
  const word = skipped ? `not run: ${skipped}` : violations.length === 0 ? 'passed' : `${violations.length} violations`;
  console.log(`${drill.name}: ${word}, ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return verdict;
}

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
  const verdicts: Verdict[] = [];
  const { seed, minutes, seconds, pause } = wish;
  for (const drill of wish.chosen)
    verdicts.push(await one(drill, { seed, minutes, seconds, pause, say: (line) => console.log(line) }));
  const failed = verdicts.filter(({ violations }) => violations.length > 0);
  console.log(`\n${verdicts.length - failed.length} drills passed, ${failed.length} failed (seed ${seed})`);
  process.exit(failed.length === 0 ? 0 : 1);
}
