import { Missing } from '@shidang/dev';
import { done, heldBack, type Asked, type Command, type ExitCode, type Outcome } from '../command';
import { reasonOf, serviceVerb, type VerbAnswer } from '../service-verb';

/** Identity's own codes: 3 there is one already. What it refuses is a sentence, not a stack. */
function outcomeOf({ code, said, complained }: VerbAnswer): Outcome {
  if (code === 0) {
    const answer = JSON.parse(said.trim().split('\n').at(-1) ?? '{}') as Record<string, unknown>;
    return done(
      Object.entries(answer).map(([name, value]) => `${name.padEnd(18)} ${String(value)}`),
      answer,
    );
  }
  const sentence = complained.split('\n').filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  return { code: (code === 3 ? 3 : 2) satisfies ExitCode, words: sentence, facts: { refused: sentence } };
}

const care = (verb: 'unlock' | 'reset', usage: string): Command => ({
  usage,
  options: { reason: { type: 'string' } },
  async run(asked: Asked) {
    const [loginName] = asked.rest;
    if (!loginName) throw new Missing(usage);
    reasonOf(asked);
    const held = heldBack(asked, [`would ${verb} ${loginName}`]);
    if (held && (verb === 'reset' || asked.dryRun)) return held;
    return outcomeOf(await serviceVerb(asked, 'identity', ['user', verb, loginName, '--json']));
  },
});

const create: Command = {
  usage:
    'admin create [--another] [--organisation 名称] --reason "…"   the first central system administrator; prints the code',
  options: { another: { type: 'boolean' }, organisation: { type: 'string' }, reason: { type: 'string' } },
  async run(asked) {
    reasonOf(asked);
    if (asked.dryRun) return done(['would make the central organisation and its first system administrator']);
    const name = asked.option('organisation');
    const more = [...(asked.flag('another') ? ['--another'] : []), ...(name ? ['--organisation', name] : [])];
    return outcomeOf(await serviceVerb(asked, 'identity', ['admin', 'create', '--json', ...more]));
  },
};

export const accountCommands = {
  'admin create': create,
  'user unlock': care('unlock', 'user unlock <log-in name> --reason "…"   lets somebody who was locked out try again'),
  'user reset': care(
    'reset',
    'user reset <log-in name> --reason "…" --yes   ends password and sessions, prints a single-use code',
  ),
} satisfies Record<string, Command>;
