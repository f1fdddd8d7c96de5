import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCursor, sealCursor } from './cursor';
import { createKeyFile, FileKeyProvider, Vault } from './vault';

describe('cursor', () => {
  const directory = mkdtempSync(join(tmpdir(), 'cursor-'));
  createKeyFile(join(directory, 'keys.json'));
  const vault = new Vault(new FileKeyProvider(join(directory, 'keys.json')));
  const owner = { list: 'records.teacher.list', accountId: 'a' };
  afterAll(() => rmSync(directory, { recursive: true }));

  test('comes back as it was given, and nothing of it can be read', () => {
    const cursor = sealCursor(vault, ['周小兰', 'id'], owner);
    expect(Buffer.from(cursor, 'base64url').toString()).not.toContain('周小兰');
    expect(openCursor(vault, cursor, owner)).toEqual(['周小兰', 'id']);
  });

  test('is refused when changed, of another list or of another account', () => {
    const cursor = sealCursor(vault, ['周小兰', 'id'], owner);
    for (const [text, whose] of [
      [`${cursor.slice(0, -4)}AAAA`, owner],
      ['x', owner],
      [cursor, { ...owner, accountId: 'b' }],
      [cursor, { ...owner, list: 'records.history.read' }],
    ] as const)
      expect(() => openCursor(vault, text, whose)).toThrow('request.malformed');
    expect(openCursor(vault, undefined, owner)).toBeUndefined();
  });
});
