import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Missing, readState } from '@shidang/dev';
import { adminUrlOf, done, heldBack, type Asked, type Command, type Outcome } from '../command';
import { removeAll, walBefore, walSince } from './archived-wal';
import { backupNamed, backupsIn, filesOf, megabytes, type Backup } from './backup-place';
import { keysOf, onOneDisk } from './saved-keys';
import { takeBackup } from './take-backup';
import { verifyBackup } from './verify-backup';

/** Where the system archives, or would; `--archive` names another. */
export const archiveOf = (asked: Asked): string =>
  resolve(asked.option('archive') ?? readState(asked.dir)?.archive ?? join(asked.dir, 'archive'));

const archive = { archive: { type: 'string' } } as const;

const take: Command = {
  usage: 'backup take [--archive DIR] [--keys-to DIR]   base backup with manifest; keys to a place of their own',
  options: { ...archive, 'keys-to': { type: 'string' } },
  async run(asked) {
    const keysTo = resolve(asked.option('keys-to') ?? join(asked.dir, 'saved-keys'));
    const place = archiveOf(asked);
    if (asked.dryRun) return done([`would back up into ${place}, keys into ${keysTo}`]);
    const { dir, say } = asked;
    const { backup, archiving } = await takeBackup({ adminUrl: adminUrlOf(asked), dir, archive: place, keysTo, say });
    const words = [
      `backup ${backup.label}: ${megabytes(backup.bytes)}, packed ${megabytes(backup.packedBytes)}, in ${filesOf(place, backup).dir}`,
      'NATS is not in it: its streams come again from the outboxes.',
    ];
    const warnings = [
      ...(onOneDisk(keysTo, place)
        ? [`The keys lie on the same disk as the backup: whoever has both reads everything. --keys-to another disk.`]
        : []),
      ...(archiving
        ? []
        : ['WAL is not archived: only the moment of this backup can be restored. npm start -- --archive.']),
    ];
    return done([...words, ...warnings.map((line) => `! ${line}`)], { backup, archiving, warnings });
  },
};

const list: Command = {
  usage: 'backup list [--archive DIR]   backups and how far each can be rolled forward',
  options: archive,
  run(asked) {
    const place = archiveOf(asked);
    const found = backupsIn(place).map((backup) => ({ ...backup, wal: walSince(place, backup) }));
    const words = found.map(({ label, packedBytes, finishedAt, wal }) => {
      const range = wal.until && wal.until > finishedAt ? `${finishedAt} … ${wal.until}` : finishedAt;
      const gap = wal.missing > 0 ? `, ${wal.missing} segments missing` : '';
      return `${label}  ${megabytes(packedBytes)} + ${wal.segments} segments ${megabytes(wal.bytes)}${gap}  restorable ${range}`;
    });
    return Promise.resolve(done(words.length > 0 ? words : [`no backup in ${place}`], found));
  },
};

const verify: Command = {
  usage:
    'backup verify [LABEL] [--archive DIR] [--keys-from DIR] [--values N]   restores it into a server of its own and looks at everything',
  options: { ...archive, 'keys-from': { type: 'string' }, values: { type: 'string' } },
  async run(asked): Promise<Outcome> {
    const place = archiveOf(asked);
    const backup = backupNamed(place, asked.rest[0]);
    const keys = keysOf(backup, asked.option('keys-from'));
    const values = Number(asked.option('values') ?? 2_000);
    if (!Number.isInteger(values) || values < 1) throw new Missing('--values N: a whole number, how many of each kind');
    const verified = await verifyBackup({ archive: place, backup, keys, values, say: asked.say });
    const { looked, wrong, rows } = verified;
    const tables = Object.entries(rows).flatMap(([service, counted]) =>
      Object.entries(counted).map(([table, n]) => `  ${service}.${table}: ${n} rows`),
    );
    const sum = Object.entries(looked).map(([what, n]) => `${n} ${what}`);
    const verdict = wrong.length === 0 ? `${backup.label} is good: ${sum.join(', ')}` : `${backup.label} is not good:`;
    return { code: wrong.length === 0 ? 0 : 1, words: [...tables, verdict, ...wrong], facts: verified };
  },
};

/** Older than the newest so many of the same cluster; of clusters that are gone too. */
const superfluous = (found: readonly Backup[], keep: number): Backup[] =>
  found.filter((one) => found.filter((each) => each.cluster === one.cluster && each.label > one.label).length >= keep);

const prune: Command = {
  usage: 'backup prune --keep N [--archive DIR] --yes   removes all but the newest N and the WAL only older ones need',
  options: { ...archive, keep: { type: 'string' } },
  run(asked) {
    const keep = Number(asked.option('keep'));
    if (!Number.isInteger(keep) || keep < 1) throw new Missing(`--keep N: at least 1\n${prune.usage}`);
    const place = archiveOf(asked);
    const found = backupsIn(place);
    const old = superfluous(found, keep);
    const oldest = new Map<string, Backup>();
    for (const backup of found)
      if (!old.includes(backup) && !oldest.has(backup.cluster)) oldest.set(backup.cluster, backup);
    const wal = [...oldest.values()].map((backup) => walBefore(place, backup));
    const paths = wal.flatMap((one) => one.paths);
    const bytes = wal.reduce((sum, one) => sum + one.bytes, 0) + old.reduce((sum, one) => sum + one.packedBytes, 0);
    const facts = { removed: old.map(({ label }) => label), segments: paths.length, bytes };
    const would = [
      `${old.length} backups (${facts.removed.join(', ') || '–'}) and ${paths.length} segments, ${megabytes(bytes)}`,
    ];
    const held = heldBack(asked, would, facts);
    if (held) return Promise.resolve(held);
    for (const backup of old) rmSync(filesOf(place, backup).dir, { recursive: true });
    removeAll(paths);
    return Promise.resolve(done([`removed ${would[0]}`], facts));
  },
};

export const backupCommands = {
  'backup take': take,
  'backup list': list,
  'backup verify': verify,
  'backup prune': prune,
} satisfies Record<string, Command>;
