import { Missing } from '@shidang/dev';
import { megabytes } from '../backup/backup-place';
import type { Command, Outcome } from '../command';
import { drillAudit } from './audit-drill';
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

const audit: Command = {
  usage: 'drill audit [--rows N]   a chain of so many audit rows in a server of its own, and how fast it is verified',
  options: { rows: { type: 'string' } },
  async run(asked): Promise<Outcome> {
    const rows = Number(asked.option('rows') ?? 1_000_000);
    if (!(Number.isInteger(rows) && rows >= 1_000)) throw new Missing('--rows N: a whole number, at least 1000');
    const drilled = await drillAudit(rows, asked.say);
    const { seconds, cpuSeconds, serverCpuSeconds, intact } = drilled;
    const per = (spent: number) => `${Math.round(drilled.rows / spent).toLocaleString('en')} rows/s`;
    const words = [
      `${drilled.rows} rows verified in ${seconds.toFixed(2)} s: ${per(seconds)} by the clock`,
      `per second of processor: ${per(cpuSeconds)} of the verifier, ${per(serverCpuSeconds)} of PostgreSQL, ${per(cpuSeconds + serverCpuSeconds)} of both`,
      ...(intact ? [] : ['and the chain is not intact']),
    ];
    return { code: intact ? 0 : 1, words, facts: drilled };
  },
};

export const drillCommands = { 'drill restore': restore, 'drill audit': audit } satisfies Record<string, Command>;
