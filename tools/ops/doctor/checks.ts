import { serviceNames } from '@shidang/contracts';
import type { DatabaseFacts, Facts, NatsFacts, PostgresFacts } from './facts';

export interface Finding {
  readonly check: string;
  /** `bad`: mend it now. `note`: known, and right on a developer's machine. */
  readonly level: 'good' | 'note' | 'bad';
  readonly words: string;
  readonly mend?: string;
}

type Verdict = Omit<Finding, 'check'>;
type Check<F> = (facts: F) => Verdict;

const good = (words: string): Verdict => ({ level: 'good', words });
const bad = (words: string, mend: string): Verdict => ({ level: 'bad', words, mend });
const note = (words: string, mend: string): Verdict => ({ level: 'note', words, mend });

/** MikroORM's, per process. */
const poolSize = 10;
const gigabyte = 1_000_000_000;

export const hostChecks: Readonly<Record<string, Check<Facts>>> = {
  node({ node }) {
    const [major = 0, minor = 0] = node.split('.').map(Number);
    if (major < 20 || (major === 20 && minor < 19))
      return bad(`Node ${node} is too old`, 'Install Node 24 (20.19 at least): https://nodejs.org/en/download');
    if (major < 24) return note(`Node ${node} runs, but is not the one we ship with`, 'Install Node 24 (.nvmrc).');
    return good(`Node ${node}`);
  },
  disk({ freeBytes }) {
    const words = `${(freeBytes / gigabyte).toFixed(1)} GB free`;
    if (freeBytes < 2 * gigabyte)
      return bad(words, 'PostgreSQL stops when the disk is full: prune backups (backup prune --keep N) or make room.');
    if (freeBytes < 10 * gigabyte) return note(words, 'Make room before it is below 2 GB.');
    return good(words);
  },
  running({ running }) {
    return running
      ? good('the system runs')
      : note('nothing runs here: only what needs no server was looked at', 'npm start, or DATABASE_URL and NATS_URL.');
  },
  ready({ notReady }) {
    if (!notReady) return good('no process to ask');
    const names = Object.entries(notReady);
    if (names.length === 0) return good('every process is ready');
    const words = names.map(([name, why]) => `${name} is not ready (${why})`).join('; ');
    return bad(words, 'Read .local/logs/<name>.log from its end; what it depends on is named there.');
  },
  files({ openFiles }) {
    if (openFiles.length === 0) return good('keys and secrets are readable by their owner only');
    return bad(`others may read ${openFiles.join(', ')}`, `chmod go-rwx ${openFiles.join(' ')}`);
  },
  ports({ exposed }) {
    if (exposed.length === 0) return good('everything listens on loopback');
    const words = exposed.map(({ name, address, port }) => `${name} listens on ${address}:${port}`).join('; ');
    return bad(words, 'Only a gateway behind TLS faces a network: HOST=127.0.0.1, HEALTH_HOST=127.0.0.1.');
  },
  backup({ newestBackup, now }) {
    const mend = 'npm run ops -- backup take, daily; then backup verify.';
    if (!newestBackup) return note('there is no backup', mend);
    const hours = (now.getTime() - new Date(newestBackup.finishedAt).getTime()) / 3_600_000;
    if (newestBackup.missing > 0)
      return bad(`${newestBackup.missing} WAL segments are missing since backup ${newestBackup.label}`, mend);
    const words = `the newest backup is ${hours.toFixed(1)} hours old`;
    return hours > 26 ? bad(words, mend) : good(words);
  },
};

const asked = ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums'] as const;

export const postgresChecks: Readonly<Record<string, Check<PostgresFacts>>> = {
  'postgres version'({ version }) {
    const words = `PostgreSQL ${Math.floor(version / 10_000)}.${version % 10_000}`;
    return version >= 150_000 ? good(words) : bad(`${words} is too old`, 'PostgreSQL 15 or newer; 17 is what we test.');
  },
  'postgres durability'({ settings }) {
    const off = asked.filter((name) => (settings[name] ?? 'off') === 'off');
    if (off.length === 0) return good('fsync, full_page_writes, synchronous_commit and data checksums are on');
    const mend = off.includes('data_checksums')
      ? 'Stop it and run pg_checksums --enable; the others are settings.'
      : 'Switch them on in postgresql.conf and reload: what was acknowledged can be lost (W1).';
    return bad(`${off.join(', ')} off`, mend);
  },
  'postgres time zone'({ settings }) {
    const zone = settings['TimeZone'] ?? '';
    return /^(UTC|Etc\/UTC|GMT)$/.test(zone)
      ? good('the time zone is UTC')
      : bad(`the time zone is ${zone}`, `alter system set timezone = 'UTC', then reload.`);
  },
  'postgres connections'({ settings }) {
    const most = Number(settings['max_connections']);
    const wanted = serviceNames.length * poolSize * 2 + 10;
    return most >= wanted
      ? good(`${most} connections are allowed, two replicas of each service take up to ${wanted}`)
      : bad(`max_connections is ${most}, two replicas of each service take up to ${wanted}`, `Raise it and restart.`);
  },
  clock({ clockMilliseconds }) {
    const words = `the clocks of database and host differ by ${Math.round(clockMilliseconds)} ms`;
    return Math.abs(clockMilliseconds) < 1_000
      ? good(words)
      : bad(words, 'Run a time service (chrony) on both: tokens live 12 s, ids carry their time.');
  },
  'wal archive'({ settings, archiveFailing }) {
    if (settings['archive_mode'] === 'off')
      return note('WAL is not archived: only moments of backups can be restored', 'npm start -- --archive');
    return archiveFailing
      ? bad(
          'the archiver fails: WAL piles up',
          'The reason stands in the log of PostgreSQL; mend it before the disk is full.',
        )
      : good('WAL is archived');
  },
};

const perDatabase: Readonly<Record<string, Check<DatabaseFacts>>> = {
  lock({ unlocked }) {
    return unlocked.length === 0
      ? good('')
      : bad(
          `row-level security is not forced on ${unlocked.join(', ')}`,
          'alter table … force row level security (A2).',
        );
  },
  indexes({ unusable }) {
    const names = Object.keys(unusable);
    return names.length === 0
      ? good('')
      : bad(
          `no query uses ${names.join(', ')}: invalid`,
          names.map((name) => `drop index ${name}; ${unusable[name]};`).join(' '),
        );
  },
  role({ appMay }) {
    return appMay.length === 0
      ? good('')
      : bad(
          `the app role is ${appMay.join(', ')}`,
          'Run deploy/postgres/roles.sql again; tables belong to the owner role.',
        );
  },
  migrations({ pending, unknown }) {
    if (unknown.length > 0)
      return bad(`has migrations this code does not know: ${unknown.join(', ')}`, 'Deploy the newer code again.');
    return pending.length === 0
      ? good('')
      : bad(
          `misses migrations ${pending.join(', ')}`,
          'node main.js migrate as the owner; see npm run ops -- migrate status.',
        );
  },
  outbox({ outboxSeconds }) {
    return outboxSeconds < 60
      ? good('')
      : bad(
          `has a fact that has waited ${Math.round(outboxSeconds)} s in its outbox`,
          'Is NATS there and the stream made? The service says so in its log: relay.',
        );
  },
  'dead letters'({ deadLetters }) {
    return deadLetters === 0
      ? good('')
      : bad(`has set aside ${deadLetters} messages`, 'npm run ops -- dlq list; mend the cause, then dlq replay.');
  },
  'audit seal'({ unsealedSeconds }) {
    return unsealedSeconds < 30
      ? good('')
      : bad(
          `has an audit row that has waited ${Math.round(unsealedSeconds)} s for its seal`,
          'It is sealed within 5 s while the service runs; its log says why not: auditChain.',
        );
  },
  'audit chain'({ chainFlaw }) {
    return chainFlaw === undefined
      ? good('')
      : bad(
          `says that somebody changed its audit trail: ${chainFlaw}`,
          'npm run ops -- audit verify names the rows: keep disks and heads as they are and report it. After a restore: audit restored.',
        );
  },
  partitions({ monthsAhead, strays }) {
    const short = Object.entries(monthsAhead).filter(([, months]) => months < 3);
    const astray = Object.entries(strays).filter(([, rows]) => rows > 0);
    if (short.length > 0)
      return bad(
        `has partitions for ${short.map(([table, months]) => `${months} more months (${table})`).join(', ')}`,
        'A migration with monthlyPartitions() makes the coming years; rows go to the default partition meanwhile.',
      );
    return astray.length === 0
      ? good('')
      : bad(
          `has rows in a default partition: ${astray.map(([table, rows]) => `${table} ${rows}`).join(', ')}`,
          'A clock was wrong when they were written, or months are missing.',
        );
  },
};

const natsChecks: Readonly<Record<string, Check<NatsFacts>>> = {
  'nats version'({ version }) {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    return major > 2 || (major === 2 && minor >= 10)
      ? good(`NATS ${version}`)
      : bad(`NATS ${version} is too old`, '2.10 or newer: durables filter several subjects.');
  },
  streams({ drifts }) {
    return drifts.length === 0
      ? good('streams and durables are those of the contracts')
      : bad(drifts.join('; '), 'node dist/tools/streams/main.js makes them as declared.');
  },
};

const each = <F>(checks: Readonly<Record<string, Check<F>>>, facts: F): Finding[] =>
  Object.entries(checks).map(([check, look]) => ({ check, ...look(facts) }));

/** One check over all databases: a line per one that fails it, one for all when none does. */
function overDatabases(services: PostgresFacts['services']): Finding[] {
  return Object.entries(perDatabase).flatMap(([check, look]) => {
    const failing = Object.entries(services).flatMap(([service, facts]) => {
      const verdict = look(facts);
      return verdict.level === 'good' ? [] : [{ check, ...verdict, words: `${service} ${verdict.words}` }];
    });
    return failing.length > 0 ? failing : [{ check, ...good(`well in ${Object.keys(services).join(', ')}`) }];
  });
}

const unasked = (check: string, why: string): Finding => ({
  check,
  ...bad(`does not answer: ${why}`, 'Start it; without it nothing works.'),
});

/** Judges the facts; asks nothing. */
export function findings(facts: Facts): Finding[] {
  const { postgres, nats } = facts;
  return [
    ...each(hostChecks, facts),
    ...(typeof postgres === 'string' ? [unasked('postgres', postgres)] : []),
    ...(typeof postgres === 'object' ? [...each(postgresChecks, postgres), ...overDatabases(postgres.services)] : []),
    ...(typeof nats === 'string' ? [unasked('nats', nats)] : []),
    ...(typeof nats === 'object' ? each(natsChecks, nats) : []),
  ];
}
