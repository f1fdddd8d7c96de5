import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyFile, FileKeyProvider, Vault } from './vault';

const directory = mkdtempSync(join(tmpdir(), 'keys-'));
afterAll(() => rmSync(directory, { recursive: true }));
const path = join(directory, 'keys.json');
createKeyFile(path);
const vault = new Vault(new FileKeyProvider(path));
const place = { table: 'teacher', column: 'document', row: '0190' };

it('opens what it sealed, at the same place', () => {
  expect(vault.open(vault.seal('331102198001010019', place), place)).toBe('331102198001010019');
});

it('a value moved to another row, column or table does not open', () => {
  const sealed = vault.seal('331102198001010019', place);
  for (const other of [{ row: '0191' }, { column: 'phone' }, { table: 'person' }])
    expect(() => vault.open(sealed, { ...place, ...other })).toThrow();
});

it('a changed value does not open', () => {
  const parts = vault.seal('331102198001010019', place).split('|');
  parts[3] = Buffer.from('x'.repeat(18)).toString('base64url');
  expect(() => vault.open(parts.join('|'), place)).toThrow();
});

it('sealing twice gives different text, blinding twice the same', () => {
  expect(vault.seal('a', place)).not.toBe(vault.seal('a', place));
  expect(vault.blind('a')).toBe(vault.blind('a'));
  expect(vault.blind('a')).not.toBe(vault.blind('b'));
  expect(vault.contentHash('a')).not.toBe(vault.blind('a'));
});

it('the key file is for its owner only and holds no data key in the clear', () => {
  expect(statSync(path).mode & 0o077).toBe(0);
  const file = JSON.parse(readFileSync(path, 'utf8'));
  expect(file.dataKeys.k1).not.toBe(new FileKeyProvider(path).dataKey('k1').toString('base64'));
});
