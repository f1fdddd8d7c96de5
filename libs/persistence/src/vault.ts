import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { AuditKeys } from './audit-chain/audit-keys';

/** Where a sealed value lives: bound into the seal, so a value moved to another row does not open. */
export interface Place {
  table: string;
  column: string;
  row: string;
}

/** Hands out keys; a file in development, an HSM or KMS behind the same shape in production. */
export interface KeyProvider {
  /** Id of the key new values are sealed with. */
  readonly active: string;
  /** 32 bytes. Throws for an id it does not know. */
  dataKey(id: string): Buffer;
  /** 32 bytes; a key of its own, never the data key (D2). */
  blindKey(): Buffer;
  /** Ed25519, the service's own: signs the heads of its audit chain (T2). */
  auditKey(): KeyObject;
}

interface KeyFile {
  version: 1;
  keyEncryptionKey: string;
  active: string;
  dataKeys: Record<string, string>;
  blindKey: string;
  /** PKCS #8 in DER. Absent in a file from before the audit chain: `completeKeyFile`. */
  auditKey?: string;
}

const algorithm = 'aes-256-gcm';
/** Without it Node accepts a tag that was cut short. */
const authTagLength = 16;

function encrypt(key: Buffer, plain: Buffer, bound: string): { iv: Buffer; text: Buffer; tag: Buffer } {
  const iv = randomBytes(12);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength }).setAAD(Buffer.from(bound));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return { iv, text, tag: cipher.getAuthTag() };
}

function decrypt(key: Buffer, iv: Buffer, text: Buffer, tag: Buffer, bound: string): Buffer {
  const decipher = createDecipheriv(algorithm, key, iv, { authTagLength }).setAAD(Buffer.from(bound)).setAuthTag(tag);
  return Buffer.concat([decipher.update(text), decipher.final()]);
}

function wrap(kek: Buffer, key: Buffer, id: string): string {
  const { iv, text, tag } = encrypt(kek, key, id);
  return Buffer.concat([iv, tag, text]).toString('base64');
}

function unwrap(kek: Buffer, wrapped: string, id: string): Buffer {
  const bytes = Buffer.from(wrapped, 'base64');
  return decrypt(kek, bytes.subarray(0, 12), bytes.subarray(28), bytes.subarray(12, 28), id);
}

function newAuditKey(kek: Buffer): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return wrap(kek, privateKey.export({ type: 'pkcs8', format: 'der' }), 'audit');
}

/** Makes a development key file (0600): a key-encryption key and, wrapped by it, one data key, the blind-index key and the audit key. */
export function createKeyFile(path: string): void {
  const kek = randomBytes(32);
  const file: KeyFile = {
    version: 1,
    keyEncryptionKey: kek.toString('base64'),
    active: 'k1',
    dataKeys: { k1: wrap(kek, randomBytes(32), 'k1') },
    blindKey: wrap(kek, randomBytes(32), 'blind'),
    auditKey: newAuditKey(kek),
  };
  writeFileSync(path, JSON.stringify(file, null, 2), { mode: 0o600 });
}

const readKeyFile = (path: string): KeyFile => JSON.parse(readFileSync(path, 'utf8')) as KeyFile;

/** Is it a file of an older release? */
export const lacksKeys = (path: string): boolean => readKeyFile(path).auditKey === undefined;

/** Adds what a file of an older release lacks; nothing that is there changes. */
export function completeKeyFile(path: string): void {
  if (!lacksKeys(path)) return;
  const file = readKeyFile(path);
  const whole = { ...file, auditKey: newAuditKey(Buffer.from(file.keyEncryptionKey, 'base64')) };
  writeFileSync(`${path}.new`, JSON.stringify(whole, null, 2), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** Keys from a file as `createKeyFile` makes it. Refuses to start on anything else. */
export class FileKeyProvider implements KeyProvider {
  readonly active: string;
  private readonly keys: Map<string, Buffer>;
  private readonly blind: Buffer;
  private readonly audit: KeyObject;

  constructor(path: string) {
    const file = JSON.parse(readFileSync(path, 'utf8')) as KeyFile;
    const kek = Buffer.from(file.keyEncryptionKey, 'base64');
    this.active = file.active;
    this.keys = new Map(Object.entries(file.dataKeys).map(([id, wrapped]) => [id, unwrap(kek, wrapped, id)]));
    this.blind = unwrap(kek, file.blindKey, 'blind');
    if (!file.auditKey) throw new Error('the key file has no audit key');
    this.audit = createPrivateKey({ key: unwrap(kek, file.auditKey, 'audit'), format: 'der', type: 'pkcs8' });
  }

  dataKey(id: string): Buffer {
    const key = this.keys.get(id);
    if (!key) throw new Error(`data key ${id} is not in the key file`);
    return key;
  }

  blindKey(): Buffer {
    return this.blind;
  }

  auditKey(): KeyObject {
    return this.audit;
  }
}

/**
 * Seals sensitive values (D1): `1|key id|iv|ciphertext|tag`, base64url, AES-256-GCM, additional data = table+column+row.
 * Blind index (D2): full HMAC-SHA-256 over the normalised value, hex; equal values meet without being readable.
 */
export class Vault {
  /** Marks rows of the audit and signs its heads; the secret is a use of its own of the blind-index key. */
  readonly auditKeys: AuditKeys;

  constructor(private readonly keys: KeyProvider) {
    this.auditKeys = new AuditKeys(createHmac('sha256', keys.blindKey()).update('audit\0').digest(), keys.auditKey());
  }

  seal(plain: string, place: Place): string {
    const { iv, text, tag } = encrypt(this.keys.dataKey(this.keys.active), Buffer.from(plain), boundTo(place));
    return ['1', this.keys.active, ...[iv, text, tag].map((b) => b.toString('base64url'))].join('|');
  }

  /** Throws when the value was changed or belongs to another place. */
  open(sealed: string, place: Place): string {
    const [version, id, iv, text, tag] = sealed.split('|');
    if (version !== '1' || !id || !iv || text === undefined || !tag) throw new Error('not a sealed value');
    const bytes = (part: string) => Buffer.from(part, 'base64url');
    return decrypt(this.keys.dataKey(id), bytes(iv), bytes(text), bytes(tag), boundTo(place)).toString();
  }

  blind(normalised: string): string {
    return createHmac('sha256', this.keys.blindKey()).update(normalised).digest('hex');
  }

  /** Keyed hash over content, hex: what a decision is bound to. Its own use of the key, apart from blind indexes. */
  contentHash(canonical: string): string {
    return createHmac('sha256', this.keys.blindKey()).update('content\0').update(canonical).digest('hex');
  }
}

const boundTo = (place: Place) => `${place.table}\0${place.column}\0${place.row}`;
