import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { serviceNames } from '@shidang/contracts';
import { inventSecrets, keyFileInto, makeCertificates, natsUsers } from '@shidang/dev';

const usage = `node dist/tools/deploy/secrets.js [directory]   (deploy/secrets)
  every secret of compose.yaml and k8s as a file, made once; HOST_POSTGRES=host:port of PostgreSQL (postgres:5432)`;

/** Files in a closed directory: containers read them under another user, so the files themselves are open. */
const mode = 0o444;

async function make(dir: string): Promise<void> {
  if (existsSync(dir)) throw new Error(`${dir} exists already: secrets are made once`);
  mkdirSync(dir, { mode: 0o700, recursive: true });
  const secrets = inventSecrets();
  const postgres = process.env['HOST_POSTGRES'] ?? 'postgres:5432';
  const write = (name: string, content: string) => writeFileSync(join(dir, name), content, { mode });
  write('postgres-password', secrets.postgresAdmin);
  write('cookie-secret', secrets.cookie);
  write('identity-private-key.pem', secrets.identity.privateKey);
  write('identity-public-key.pem', secrets.identity.publicKey);
  for (const user of natsUsers) write(`nats-password-${user}`, secrets.nats[user]);
  for (const service of serviceNames) {
    const { owner, app } = secrets.databases[service];
    write(`${service}-database-url`, `postgresql://${service}_app:${app}@${postgres}/shidang_${service}`);
    write(`${service}-migration-database-url`, `postgresql://${service}_owner:${owner}@${postgres}/shidang_${service}`);
    await keyFileInto(join(dir, `${service}-key.json`), mode);
  }
  await makeCertificates(dir, mode, console.log);
}

const [argument] = process.argv.slice(2);
if (argument?.startsWith('-')) {
  console.log(usage);
} else {
  make(resolve(argument ?? 'deploy/secrets')).then(
    () => console.log('made; keep a copy apart from the machine: without the key files sealed values stay sealed'),
    (failure: Error) => {
      console.error(failure.message);
      process.exitCode = 1;
    },
  );
}
