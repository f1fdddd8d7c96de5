import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from '../workspace';
import { installFromDebian } from './debian';

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** An authority and its certificates for NATS and PostgreSQL below the directory, as deploy/certificates.sh makes them. */
export async function makeCertificates(
  dir: string,
  mode = 0o600,
  say: (line: string) => void = () => undefined,
): Promise<void> {
  if (!hasOpenssl()) await installFromDebian(['openssl'], 'Certificates need openssl: apt-get install openssl.', say);
  execFileSync('sh', [fromRoot('deploy/certificates.sh'), dir], { stdio: ['ignore', 'ignore', 'inherit'] });
  for (const name of readdirSync(dir))
    if (name !== 'ca-key.pem' && name.endsWith('.pem')) chmodSync(join(dir, name), mode);
}
