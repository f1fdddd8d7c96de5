import { findings } from './checks';
import type { DatabaseFacts, Facts, NatsFacts, PostgresFacts } from './facts';

const database: DatabaseFacts = {
  unlocked: [],
  unusable: {},
  appMay: [],
  pending: [],
  unknown: [],
  outboxSeconds: 1,
  deadLetters: 0,
  unsealedSeconds: 2,
  monthsAhead: { outbox: 30 },
  strays: { outbox: 0 },
};
const postgres: PostgresFacts = {
  version: 170_010,
  settings: {
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    data_checksums: 'on',
    TimeZone: 'UTC',
    max_connections: '200',
    archive_mode: 'on',
  },
  clockMilliseconds: 3,
  services: { records: database },
  archiveFailing: false,
};
const nats: NatsFacts = { version: '2.10.27', drifts: [] };
const now = new Date('2026-11-28T12:00:00Z');
const healthy: Facts = {
  now,
  node: '24.1.0',
  freeBytes: 50e9,
  running: true,
  postgres,
  nats,
  openFiles: [],
  exposed: [],
  newestBackup: { label: 'b', finishedAt: '2026-11-28T06:00:00Z', missing: 0 },
};

const failing = (facts: Partial<Facts>) =>
  findings({ ...healthy, ...facts })
    .filter(({ level }) => level === 'bad')
    .map(({ check, mend }) => [check, Boolean(mend)]);
const withPostgres = (facts: Partial<PostgresFacts>) => ({ postgres: { ...postgres, ...facts } });
const withSetting = (name: string, value: string) =>
  withPostgres({ settings: { ...postgres.settings, [name]: value } });
const withDatabase = (facts: Partial<DatabaseFacts>) =>
  withPostgres({ services: { records: database, review: { ...database, ...facts } } });

it('finds nothing wrong in a healthy system', () => {
  expect(failing({})).toEqual([]);
});

const faults: [string, Partial<Facts>][] = [
  ['node', { node: '20.18.1' }],
  ['disk', { freeBytes: 1e9 }],
  ['ready', { notReady: { review: 'postgresql' } }],
  ['files', { openFiles: ['/x/keys/records.json'] }],
  ['ports', { exposed: [{ name: 'records-health', address: '0.0.0.0', port: 9000 }] }],
  ['backup', { newestBackup: { label: 'b', finishedAt: '2026-11-27T06:00:00Z', missing: 0 } }],
  ['backup', { newestBackup: { label: 'b', finishedAt: '2026-11-28T06:00:00Z', missing: 2 } }],
  ['postgres', { postgres: 'connect ECONNREFUSED' }],
  ['postgres version', withPostgres({ version: 140_012 })],
  ['postgres durability', withSetting('fsync', 'off')],
  ['postgres durability', withSetting('full_page_writes', 'off')],
  ['postgres durability', withSetting('synchronous_commit', 'off')],
  ['postgres durability', withSetting('data_checksums', 'off')],
  ['postgres time zone', withSetting('TimeZone', 'Asia/Shanghai')],
  ['postgres connections', withSetting('max_connections', '50')],
  ['clock', withPostgres({ clockMilliseconds: -2_500 })],
  ['wal archive', withPostgres({ archiveFailing: true })],
  ['lock', withDatabase({ unlocked: ['review_case'] })],
  ['indexes', withDatabase({ unusable: { outbox_unpublished: 'CREATE INDEX …' } })],
  ['role', withDatabase({ appMay: ['bypassrls'] })],
  ['migrations', withDatabase({ pending: ['0009-next'] })],
  ['migrations', withDatabase({ unknown: ['0010-later'] })],
  ['outbox', withDatabase({ outboxSeconds: 120 })],
  ['dead letters', withDatabase({ deadLetters: 1 })],
  ['audit seal', withDatabase({ unsealedSeconds: 31 })],
  ['audit chain', withDatabase({ chainFlaw: 'changed in block 7' })],
  ['partitions', withDatabase({ monthsAhead: { outbox: 30, inbox: 2 } })],
  ['partitions', withDatabase({ strays: { outbox: 4 } })],
  ['nats', { nats: 'TIMEOUT' }],
  ['nats version', { nats: { ...nats, version: '2.9.25' } }],
  ['streams', { nats: { ...nats, drifts: ['durable review-open-case is missing'] } }],
];

it.each(faults)('%s: a planted fault is found, with how to mend it', (check, facts) => {
  expect(failing(facts)).toEqual([[check, true]]);
});

it('names the database a fault is in', () => {
  const [found] = findings({ ...healthy, ...withDatabase({ deadLetters: 3 }) }).filter(({ level }) => level === 'bad');
  expect(found?.words).toBe('review has set aside 3 messages');
});

it('judges the host alone when nothing runs', () => {
  const found = findings({ ...healthy, running: false, postgres: undefined, nats: undefined });
  expect(found.filter(({ level }) => level !== 'good').map(({ check }) => check)).toEqual(['running']);
});
