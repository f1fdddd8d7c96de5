import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { permissionsConf } from './permissions';
import { connectAs, ensureStreams, streamDrifts } from './streams';

const usage = `node dist/tools/streams/main.js [--check]              streams and durables, as operator of NATS_URL (NATS_PASSWORD_OPERATOR)
node dist/tools/streams/main.js permissions [--check]  deploy/nats/permissions.conf`;

function report(differences: string[]): number {
  for (const line of differences) console.log(line);
  return differences.length > 0 ? 1 : 0;
}

async function streams(check: boolean): Promise<number> {
  const { NATS_URL: url, NATS_PASSWORD_OPERATOR_FILE: file, NATS_REPLICAS: replicas } = process.env;
  if (!url) throw new Error(`NATS_URL is not set\n${usage}`);
  const password = process.env['NATS_PASSWORD_OPERATOR'] ?? (file ? readFileSync(file, 'utf8').trimEnd() : '');
  const connection = await connectAs('operator', url, password, process.env['NATS_CA_FILE']);
  try {
    const wanted = replicas ? Number(replicas) : undefined;
    if (check) return report(await streamDrifts(connection, wanted));
    report(await ensureStreams(connection, { replicas: wanted }));
    return 0;
  } finally {
    await connection.close();
  }
}

function permissions(check: boolean): number {
  const file = join(process.cwd(), 'deploy/nats/permissions.conf');
  const wanted = permissionsConf();
  if (check)
    return report(
      readFileSync(file, 'utf8') === wanted ? [] : [`${file} is not what libs/contracts says: run without --check`],
    );
  writeFileSync(file, wanted);
  return 0;
}

async function main(args: string[]): Promise<number> {
  const check = args.includes('--check');
  const [verb] = args.filter((arg) => arg !== '--check');
  if (verb === undefined) return streams(check);
  if (verb === 'permissions') return permissions(check);
  throw new Error(usage);
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (failure: Error) => {
    console.error(failure.message);
    process.exitCode = 1;
  },
);
