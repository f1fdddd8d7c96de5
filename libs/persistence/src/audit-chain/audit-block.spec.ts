import { generateKeyPairSync, createHmac } from 'node:crypto';
import { beforeAll as nothingBefore, hashOf, headWords, sealBlock, type RowToSeal } from './audit-block';
import { AuditKeys } from './audit-keys';
import { auditColumns, encodeRow, idAt, idBytes, type AuditRow } from './audit-row';
import { faultsOf } from './audit-sealer';
import { Flaws } from './chain-flaws';

const secret = Buffer.alloc(32, 7);
const keys = new AuditKeys(secret, generateKeyPairSync('ed25519').privateKey);
const id = '01890a5d-ac96-774b-bcce-b302099a8057';

const aRow = (over: Partial<AuditRow> = {}): AuditRow => ({
  id,
  at: new Date('2016-11-23T08:00:00.001Z'),
  account_id: null,
  person_id: null,
  role: 'auditor',
  org_path: '0.33.',
  what: '查看',
  object: null,
  result: 'done',
  reason: null,
  before_hash: null,
  after_hash: null,
  address: null,
  trace_id: null,
  concerns: null,
  fields: null,
  ...over,
});

const rowsOf = (...rows: AuditRow[]): RowToSeal[] => rows.map((row) => ({ id: row.id, row: encodeRow(row) }));

describe('the canonical form', () => {
  test('is length and bytes of each column, −1 for null', () => {
    const nulls = (n: number) => 'ffffffff'.repeat(n);
    const text = (words: string) =>
      Buffer.from(words).length.toString(16).padStart(8, '0') + Buffer.from(words).toString('hex');
    expect(encodeRow(aRow()).toString('hex')).toBe(
      `00000010${id.replaceAll('-', '')}` +
        `00000008${(BigInt(Date.UTC(2016, 10, 23, 8, 0, 0, 1) - Date.UTC(2000, 0, 1)) * 1000n).toString(16).padStart(16, '0')}` +
        `${nulls(2)}${text('auditor')}${text('0.33.')}${text('查看')}${nulls(1)}${text('done')}${nulls(7)}`,
    );
  });

  test('differs for any two contents', () => {
    const rows = [
      aRow(),
      aRow({ reason: '' }),
      aRow({ object: '' }),
      aRow({ fields: [] }),
      aRow({ fields: [''] }),
      aRow({ fields: ['', ''] }),
      aRow({ fields: ['a,b'] }),
      aRow({ fields: ['a', 'b'] }),
      aRow({ role: 'auditor0', org_path: '.33.' }),
    ];
    expect(new Set(rows.map((row) => encodeRow(row).toString('hex'))).size).toBe(rows.length);
  });

  test('an id is its sixteen bytes', () => {
    expect(idAt(idBytes(id))).toBe(id);
    expect(auditColumns[0]).toBe('id');
  });
});

describe('a tag', () => {
  test('is HMAC-SHA-256 over place and row, for long rows too', () => {
    for (const length of [0, 1, 300, 10_000]) {
      const row = Buffer.alloc(length, 1);
      const place = Buffer.from('000000000000000900000003', 'hex');
      place.writeUIntBE(9, 2, 6);
      expect(Buffer.from(keys.tag(9, 3, row), 'latin1')).toEqual(
        createHmac('sha256', secret).update(place).update(row).digest(),
      );
    }
  });

  test('is of one place only', () => {
    const row = encodeRow(aRow());
    expect(
      new Set([keys.tag(1, 0, row), keys.tag(1, 1, row), keys.tag(2, 0, row), keys.mark(row).toString('latin1')]).size,
    ).toBe(4);
  });
});

describe('a block', () => {
  const plan = { service: 'records', before: undefined, opening: false, at: new Date(0), faults: [] };
  const first = sealBlock(keys, { ...plan, rows: rowsOf(aRow()) });
  const second = sealBlock(keys, { ...plan, before: first, rows: rowsOf(aRow({ id: id.replace(/7$/, '8') })) });

  test('follows the one before by number, total and hash', () => {
    expect([first.sequence, first.total, second.sequence, second.total]).toEqual([1, 1, 2, 2]);
    expect(hashOf('records', nothingBefore, first)).toBe(first.hash);
    expect(hashOf('records', first.hash, second)).toBe(second.hash);
  });

  test('of another service, after another block or with anything changed has another hash', () => {
    const others = [
      hashOf('review', first.hash, second),
      hashOf('records', nothingBefore, second),
      ...Object.entries({
        sequence: 3,
        form: 2,
        opening: true,
        at: 'x',
        rows: 2,
        total: 3,
        first: id,
        entries: Buffer.alloc(48),
        faults: '[1]',
      }).map(([key, value]) => hashOf('records', first.hash, { ...second, [key]: value })),
    ];
    expect(new Set([second.hash, ...others]).size).toBe(others.length + 1);
  });

  test('is signed, and only by the service’s own key', () => {
    const stranger = new AuditKeys(secret, generateKeyPairSync('ed25519').privateKey);
    expect(keys.signed(headWords('records', first), first.signature)).toBe(true);
    expect(stranger.signed(headWords('records', first), first.signature)).toBe(false);
    expect(keys.signed(headWords('review', first), first.signature)).toBe(false);
  });
});

test('what was queued is missing without its row and forged with another one', () => {
  const [row] = rowsOf(aRow());
  const mark = keys.mark(row!.row);
  expect(faultsOf(keys, [{ id, mark }], [row!])).toEqual([]);
  expect(faultsOf(keys, [{ id, mark }], [])).toEqual([{ row: id, why: 'missing' }]);
  expect(faultsOf(keys, [{ id, mark }], rowsOf(aRow({ result: 'Done' })))).toEqual([{ row: id, why: 'forged' }]);
});

test('of many flaws the first in the order of the chain are kept, those of rows before those of their block', () => {
  const flaws = new Flaws();
  for (let n = 3_000; n > 0; n--) flaws.add({ why: 'changed', sequence: n, ordinal: 0 });
  flaws.add({ why: 'seal', sequence: 1 });
  flaws.add({ why: 'changed', sequence: 1, ordinal: 7 });
  expect(flaws.count).toBe(3_002);
  expect(
    flaws
      .first()
      .slice(0, 4)
      .map(({ why, sequence, ordinal }) => [why, sequence, ordinal]),
  ).toEqual([
    ['changed', 1, 0],
    ['changed', 1, 7],
    ['seal', 1, undefined],
    ['changed', 2, 0],
  ]);
});
