import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyFile, FileKeyProvider, Vault } from '@shidang/persistence';
import { openValues, sealValues, withChanges } from '../value/sealed-values';
import { differingKeys, hashOf, type SubmittedContent } from './content';

const directory = mkdtempSync(join(tmpdir(), 'content-'));
createKeyFile(join(directory, 'keys.json'));
const vault = new Vault(new FileKeyProvider(join(directory, 'keys.json')));
afterAll(() => rmSync(directory, { recursive: true }));

const content = (values: SubmittedContent['entries'][number]['values']): SubmittedContent => ({
  teacherId: 't',
  category: 'primarySecondary',
  identity: { name: '周小兰', sex: '2', birthDate: '1985-12-31', docType: '1', docBlind: 'b' },
  entries: [{ id: 'e1', section: 'contact', version: 1, values }],
  changes: [],
});

describe('content of a submission', () => {
  test('hashes alike when nothing changed, whatever the order of keys and rows', () => {
    const one = content({ a: '1', b: '2' });
    const other = content({ b: '2', a: '1' });
    expect(hashOf(vault, one, '1')).toBe(hashOf(vault, other, '1'));
  });

  test('hashes differently for another value, version or catalogue', () => {
    const base = hashOf(vault, content({ a: '1' }), '1');
    expect(hashOf(vault, content({ a: '2' }), '1')).not.toBe(base);
    expect(hashOf(vault, content({ a: '1' }), '2')).not.toBe(base);
    const raised = content({ a: '1' });
    raised.entries[0]!.version = 2;
    expect(hashOf(vault, raised, '1')).not.toBe(base);
  });

  test('an unchanged sensitive value keeps its seal, a changed one does not', () => {
    const stored = sealValues(vault, 'contact', 'e1', { mobile: '13900000000', address: '丽水市莲都区' });
    expect(JSON.stringify(stored)).not.toContain('139');
    const mended = withChanges(vault, 'contact', 'e1', stored, { mobile: '13900000001' });
    expect(differingKeys(stored, mended)).toEqual(['mobile']);
    expect(openValues(vault, 'e1', mended)).toEqual({ mobile: '13900000001', address: '丽水市莲都区' });
  });

  test('a seal opens in its own row only', () => {
    const stored = sealValues(vault, 'contact', 'e1', { mobile: '13900000000' });
    expect(() => openValues(vault, 'e2', stored)).toThrow();
  });
});
