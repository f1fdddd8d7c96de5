import 'reflect-metadata';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames, type ServiceName } from '@shidang/contracts';
import { natsUsers, type NatsPasswords } from '../provide/nats';
import type { RolePasswords } from '../provide/roles';

export interface Secrets {
  readonly postgresAdmin: string;
  readonly databases: Readonly<Record<ServiceName, RolePasswords>>;
  readonly nats: NatsPasswords;
  readonly cookie: string;
  /** Ed25519, PKCS #8 and SPKI in PEM: identity signs caller tokens, everyone else verifies. */
  readonly identity: { readonly privateKey: string; readonly publicKey: string };
}

/** Begins with a letter: nats-server would read a bare `12e3` as a number. */
const secret = (): string => `s${randomBytes(24).toString('hex')}`;

export function inventSecrets(): Secrets {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const per = <K extends string, V>(names: readonly K[], make: () => V) =>
    Object.fromEntries(names.map((name) => [name, make()])) as Record<K, V>;
  return {
    postgresAdmin: secret(),
    databases: per(serviceNames, () => ({ owner: secret(), app: secret() })),
    nats: per(natsUsers, secret),
    cookie: randomBytes(32).toString('hex'),
    identity: { privateKey, publicKey },
  };
}

/** Made once per directory, readable by its owner only. */
export function secretsOf(dir: string): Secrets {
  const file = join(dir, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const secrets = inventSecrets();
  mkdirSync(dir, { recursive: true });
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}

/** The service's key-encryption key and what it wraps: in a file, because `ps` and crash reports show the environment. */
export async function keyFileOf(dir: string, service: ServiceName): Promise<string> {
  const file = join(dir, 'keys', `${service}.json`);
  const { completeKeyFile } = await import('@shidang/persistence');
  if (existsSync(file)) {
    completeKeyFile(file);
    return file;
  }
  mkdirSync(join(dir, 'keys'), { recursive: true, mode: 0o700 });
  await keyFileInto(file);
  return file;
}

export async function keyFileInto(file: string, mode = 0o600): Promise<void> {
  const { createKeyFile } = await import('@shidang/persistence');
  createKeyFile(file);
  chmodSync(file, mode);
}
