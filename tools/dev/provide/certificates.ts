import { execFileSync } from 'node:child_process';
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
export async function makeCertificates(dir: string, say: (line: string) => void = () => undefined): Promise<void> {
  if (!hasOpenssl()) await installFromDebian(['openssl'], 'Certificates need openssl: apt-get install openssl.', say);
  execFileSync('sh', [fromRoot('deploy/certificates.sh'), dir], { stdio: ['ignore', 'ignore', 'inherit'] });
}
