import { Missing } from '@shidang/dev';
import { megabytes } from '../backup/backup-place';
import type { Command, Outcome } from '../command';
import { drillRestore } from './restore-drill';

const restore: Command = {
  usage:
    'drill restore [--seed S] [--seconds N]   destroys a system of its own under writes and restores it to a second in the middle',
  options: { seed: { type: 'string' }, seconds: { type: 'string' } },
  async run(asked): Promise<Outcome> {
    const seconds = Number(asked.option('seconds') ?? 20);
    if (!(seconds >= 4)) throw new Missing('--seconds N: at least 4');
    const drilled = await drillRestore({ seed: asked.option('seed') ?? '1', seconds, say: asked.say });
    const { verdict, wrong } = drilled;
    const words = [
      `${verdict.acknowledgedBefore} writes were acknowledged before ${drilled.moment}, ${verdict.sentAfter} sent after it, ${verdict.either} under way`,
      `backup ${megabytes(drilled.backupBytes)}, restored in ${drilled.restoreSeconds.toFixed(1)} s, log-in answered ${drilled.outageSeconds.toFixed(1)} s after the disaster, ${drilled.factsToldAgain} facts told again`,
      ...(wrong.length === 0 ? ['nothing lost, nothing later, nothing twice; read models as rebuilt'] : wrong),
    ];
    return { code: wrong.length === 0 ? 0 : 1, words, facts: drilled };
  },
};

export const drillCommands = { 'drill restore': restore } satisfies Record<string, Command>;
