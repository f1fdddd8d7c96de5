import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Missing } from '@shidang/dev';
import { privateDirectory } from './backup-place';

/** What opens a system besides its database: key files of the services, and the secrets roles and sessions hang on. */
function keyFilesOf(dir: string): string[] {
  const keys = join(dir, 'keys');
  const named = existsSync(keys) ? readdirSync(keys).map((name) => join('keys', name)) : [];
  const secrets = existsSync(join(dir, 'secrets.json')) ? ['secrets.json'] : [];
  return [...named.sort(), ...secrets];
}

export function copyDurably(from: string, to: string): void {
  privateDirectory(dirname(to));
  copyFileSync(from, to);
  chmodSync(to, 0o600);
  const file = openSync(to, 'r');
  fsyncSync(file);
  closeSync(file);
}

function fingerprint(dir: string, files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(dir, file)));
  return hash.digest('hex').slice(0, 16);
}

/**
 * Copies the keys of the system in `dir` below `target`, in a directory named for what they are: keys of former times stay beside
 * newer ones. Answers that directory. Whoever holds these and a backup reads everything: the two belong on different disks.
 */
export function saveKeys(dir: string, target: string): string {
  const files = keyFilesOf(dir);
  if (!files.some((file) => file.startsWith('keys')))
    throw new Missing(`${dir}/keys holds no key file: without keys a backup's sealed values are lost.`);
  const place = join(target, fingerprint(dir, files));
  for (const file of files) if (!existsSync(join(place, file))) copyDurably(join(dir, file), join(place, file));
  return place;
}

/** Where that backup's keys are: as it noted, or below `--keys-from`, which may be what `--keys-to` was. */
export function keysOf({ keys }: { readonly keys: string }, from = keys): string {
  const found = [from, join(from, basename(keys))].find((place) => existsSync(join(place, 'secrets.json')));
  if (found) return found;
  throw new Missing(`The saved keys ${from} are not there; --keys-from DIR says where they are.`);
}

/** Puts saved keys where a system that starts in `dir` looks for them. */
export function returnKeys(saved: string, dir: string): void {
  for (const file of keyFilesOf(saved)) copyDurably(join(saved, file), join(dir, file));
}

export function onOneDisk(a: string, b: string): boolean {
  const diskOf = (path: string): number => (existsSync(path) ? statSync(path).dev : diskOf(dirname(path)));
  return diskOf(a) === diskOf(b);
}
