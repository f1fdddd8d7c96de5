import { done, heldBack, type Command, type ExitCode, type Outcome } from '../command';
import { reasonOf, serviceVerb, servicesAsked } from '../service-verb';
import { Missing } from '@shidang/dev';

/** Tampered outweighs "could not say": what was found was found. */
const codeOf = (codes: readonly number[]): ExitCode =>
  codes.includes(1) ? 1 : codes.some((code) => code !== 0) ? 2 : 0;

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';

/** One after the other: each reads as fast as it can. */
const verify: Command = {
  usage: 'audit verify [--service X]   every row, seal and head of the audit chains; names the first bad row',
  options: { service: { type: 'string' } },
  async run(asked): Promise<Outcome> {
    const all = [];
    for (const service of servicesAsked(asked)) {
      const { code, said, complained } = await serviceVerb(asked, service, [
        'audit',
        'verify',
        ...(asked.json ? ['--json'] : []),
      ]);
      all.push({ service, code, said: said.trim() || `${service}: could not be verified. ${firstLine(complained)}` });
    }
    const facts =
      asked.json &&
      all.map(({ said, ...one }) => ({ ...one, ...(said.startsWith('{') ? (JSON.parse(said) as object) : { said }) }));
    return { code: codeOf(all.map(({ code }) => code)), words: all.map(({ said }) => said), facts };
  },
};

/** A service that lacks nothing has nothing to declare; it is verified all the same. */
const nothing = /nothing to declare/;

const restored: Command = {
  usage:
    'audit restored --to-time T --reason "…" --yes [--service X]   says that a restore to that time was meant; then verifies',
  options: { service: { type: 'string' }, reason: { type: 'string' }, 'to-time': { type: 'string' } },
  async run(asked): Promise<Outcome> {
    const to = asked.option('to-time');
    if (!to) throw new Missing(restored.usage);
    const reason = reasonOf(asked);
    const held = heldBack(asked, [`would set aside what the audit chains sealed after ${to}`]);
    if (held) return held;
    const all = [];
    for (const service of servicesAsked(asked)) {
      const { code, said, complained } = await serviceVerb(asked, service, [
        'audit',
        'restored',
        '--to',
        to,
        '--reason',
        reason,
      ]);
      const lacksNothing = nothing.test(complained);
      const words = lacksNothing ? `${service}: nothing to declare, it has every block known outside` : said.trim();
      all.push({ service, code: lacksNothing ? 0 : code, words: words || `${service}: ${firstLine(complained)}` });
    }
    return {
      ...done(
        all.map(({ words }) => words),
        all,
      ),
      code: codeOf(all.map(({ code }) => code)),
    };
  },
};

export const auditCommands = { 'audit verify': verify, 'audit restored': restored } satisfies Record<string, Command>;
