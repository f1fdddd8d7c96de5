import 'reflect-metadata';
import { linesOf, namedRuns } from '@shidang/dev';
import type { Drill } from './drill';
import { drills } from './drills';
import { runDrill, type RunWish } from './run-drill';
import type { Verdict } from './verdict';

const usage = `npm run drill [-- NAME… --seed N --minutes M --seconds S --pause MS --list]
  without a name all of them, in turn; the same seed is the same schedule and the same operations
${linesOf(drills)}`;

const wishes = (args: string[]) => {
  const { numbers, ...wish } = namedRuns(args, drills, ['minutes', 'seconds', 'pause']);
  return { ...wish, minutes: numbers['minutes'], seconds: numbers['seconds'], pause: numbers['pause'] };
};

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
