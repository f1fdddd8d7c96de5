import { randomBytes } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { demoAccounts } from '../demo-accounts';

/** As identity hashes: argon2id, 19 MiB, two passes. */
const options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Demo accounts get a hash each. All others that count as activated share one of a password nobody knows: 30,000
 * hashes would take ten minutes, and nobody is to log in there.
 */
export class PasswordHashes {
  /** Handed to another thread as they are. */
  constructor(
    readonly known: ReadonlyMap<string, string>,
    readonly nobodys: string,
  ) {}

  static async make(): Promise<PasswordHashes> {
    const known = new Map<string, string>();
    for (const { account, password } of demoAccounts)
      known.set(account, await hash(password.normalize('NFKC'), options));
    return new PasswordHashes(known, await hash(randomBytes(32).toString('base64'), options));
  }

  of(loginName: string): string {
    return this.known.get(loginName) ?? this.nobodys;
  }
}
