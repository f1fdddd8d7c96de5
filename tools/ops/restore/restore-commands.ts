import { resolve } from 'node:path';
import { Missing } from '@shidang/dev';
import { archiveOf } from '../backup/backup-commands';
import { backupBefore, backupNamed } from '../backup/backup-place';
import { keysOf } from '../backup/saved-keys';
import { done, type Command, type Outcome } from '../command';
import { toRebuild } from './facts-in-flight';
import { assertNew, restoreSystem } from './restore-system';

function momentOf(said: string | undefined): Date | undefined {
  if (said === undefined) return undefined;
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(said);
  const moment = new Date(said);
  if (zoned && !Number.isNaN(moment.getTime())) return moment;
  throw new Missing(`--to-time ${said} is no moment with a zone; for example 2026-11-28T09:30:00+08:00`);
}

const restore: Command = {
  usage:
    'restore [--to-time T] --to DIR [--archive DIR] [--keys-from DIR] [--heads-from DIR]   backup + WAL up to that second, in a new directory',
  options: {
    to: { type: 'string' },
    'to-time': { type: 'string' },
    archive: { type: 'string' },
    'keys-from': { type: 'string' },
    'heads-from': { type: 'string' },
  },
  async run(asked): Promise<Outcome> {
    const target = asked.option('to');
    if (!target) throw new Missing(`--to DIR is missing\n${restore.usage}`);
    const to = resolve(target);
    const moment = momentOf(asked.option('to-time'));
    const archive = archiveOf(asked);
    const keysFrom = asked.option('keys-from');
    if (asked.dryRun) {
      assertNew(to);
      const backup = moment ? backupBefore(archive, moment) : backupNamed(archive);
      const keys = keysOf(backup, keysFrom);
      return done([`would restore ${backup.label} to ${moment?.toISOString() ?? 'the end of the archive'} in ${to}`], {
        label: backup.label,
        keys,
      });
    }
    const restored = await restoreSystem({
      archive,
      to,
      moment,
      keysFrom,
      headsFrom: asked.option('heads-from'),
      say: asked.say,
    });
    const { ahead, toldAgain } = restored.inFlight;
    const { services, beyondRebuild } = await toRebuild(ahead);
    const rows = Object.values(restored.rows).flatMap((tables) => Object.values(tables));
    const words = [
      `restored in ${restored.seconds.toFixed(1)} s: ${rows.reduce((sum, n) => sum + n, 0)} rows in ${rows.length} tables, last commit ${restored.lastCommit ?? 'that of the backup'}`,
      `${toldAgain} facts leave their outboxes again: in flight then, or passed over by a consumer, which leaves no trace`,
      ...services.map(
        (service) => `! ${service} is ahead of its producers: npm run ops -- rebuild --service ${service} --yes`,
      ),
      ...beyondRebuild.map(
        (name) => `! ${name} has applied ${ahead[name]} facts that were never told: look at what it did`,
      ),
      `npm start -- --dir ${to} --archive   starts it, with streams made anew; then take a backup: npm run ops -- backup take --dir ${to}`,
      `npm run ops -- audit restored --dir ${to} --to-time ${moment?.toISOString() ?? 'T'} --reason "…" --yes   declares it, or the audit chains say they were cut`,
    ];
    return {
      code: services.length + beyondRebuild.length > 0 ? 4 : 0,
      words,
      facts: { ...restored, services, beyondRebuild },
    };
  },
};

export const restoreCommands = { restore } satisfies Record<string, Command>;
