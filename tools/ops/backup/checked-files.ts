import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Backup } from './backup-place';
import { filesOf } from './backup-place';

interface Listed {
  readonly Path?: string;
  /** Hex of the UTF-8 bytes, for names that are not UTF-8. */
  readonly 'Encoded-Path'?: string;
  readonly Size: number;
  readonly Checksum: string;
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Differences between `base.tar.gz` and what was written down when it was made. */
export async function wrongPackage(archive: string, backup: Backup): Promise<string[]> {
  const { base } = filesOf(archive, backup);
  const found = await sha256Of(base);
  return found === backup.sha256 ? [] : [`${base} has changed: its SHA-256 is ${found}, noted ${backup.sha256}`];
}

/** The manifest's last line is the SHA-256 of everything before it. */
function wrongManifest(text: string): string[] {
  const at = text.lastIndexOf('"Manifest-Checksum"');
  const noted = /"Manifest-Checksum": "([0-9a-f]{64})"/.exec(text.slice(at))?.[1];
  const found = createHash('sha256').update(text.slice(0, at)).digest('hex');
  return noted === found ? [] : ['backup_manifest does not have the checksum it ends with'];
}

/**
 * Unpacked files against the manifest the server made (what pg_verifybackup does). To be asked before the server is started: it
 * changes its files. WAL is not listed; the server checks it record by record.
 */
export async function wrongFiles(archive: string, backup: Backup, data: string): Promise<string[]> {
  const text = readFileSync(filesOf(archive, backup).manifest, 'utf8');
  const wrong = wrongManifest(text);
  const { Files: files } = JSON.parse(text) as { Files: Listed[] };
  for (const file of files) {
    const path = file.Path ?? Buffer.from(file['Encoded-Path'] ?? '', 'hex').toString();
    const size = statSync(join(data, path), { throwIfNoEntry: false })?.size;
    if (size === undefined) wrong.push(`${path} is missing`);
    else if (size !== file.Size) wrong.push(`${path} has ${size} bytes, listed ${file.Size}`);
    else if ((await sha256Of(join(data, path))) !== file.Checksum) wrong.push(`${path} differs from its checksum`);
  }
  return wrong;
}
