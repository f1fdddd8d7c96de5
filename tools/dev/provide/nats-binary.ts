import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Missing, fromRoot } from '../workspace';

const run = promisify(execFile);
const cache = fromRoot('.local/cache/nats');
const cached = join(cache, 'nats-server');

/** Archive checksums as nats-io/nats-docker pins them for the same release. */
const release = {
  version: '2.10.29',
  sha256: {
    x64: 'e314da74a83a1d3876db8814c27eb990fe729640fd6452025b441bcede8390da',
    arm64: 'da4b27942ecfb4c5f0c54553d2e7f470ddda9d7581cfe8131b351a0e223ed401',
  } as Record<string, string>,
};

/** 2.9 lacks consumers with several filter subjects and `sync_interval`. */
function goodEnough(binary: string): boolean {
  try {
    const said = execFileSync(binary, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [, major, minor] = /v(\d+)\.(\d+)/.exec(said) ?? [];
    return Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 10);
  } catch {
    return false;
  }
}

function keep(binary: string): void {
  copyFileSync(binary, `${cached}.part`);
  renameSync(`${cached}.part`, cached);
}

function trustedKeys(): string {
  const places = ['/usr/share/keyrings', '/etc/apt/trusted.gpg.d'];
  const names = ['debian-archive-trixie-automatic.gpg', 'debian-archive-keyring.gpg', 'debian-archive-keyring.pgp'];
  const found = places.flatMap((place) => names.map((name) => join(place, name))).find((path) => existsSync(path));
  if (!found) throw new Error('no Debian archive keyring (package debian-archive-keyring)');
  return found;
}

/** Signed and rootless: apt with directories, lists and sources of its own; what the host set for `Acquire` (proxies) is kept. */
async function fromDebian(work: string): Promise<string> {
  const mirror = process.env['SHIDANG_DEBIAN_MIRROR'] ?? 'http://deb.debian.org/debian';
  mkdirSync(join(work, 'state/lists/partial'), { recursive: true });
  mkdirSync(join(work, 'cache/archives/partial'), { recursive: true });
  writeFileSync(join(work, 'status'), '');
  writeFileSync(join(work, 'sources.list'), `deb [signed-by=${trustedKeys()}] ${mirror} trixie main\n`);
  const hosts = await run('apt-config', ['dump']).then(({ stdout }) =>
    stdout.split('\n').filter((line) => line.startsWith('Acquire::')),
  );
  const own = {
    'Dir::Etc::Parts': '/dev/null',
    'Dir::Etc::Main': '/dev/null',
    'Dir::Etc::SourceList': join(work, 'sources.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State': join(work, 'state'),
    'Dir::State::status': join(work, 'status'),
    'Dir::Cache': join(work, 'cache'),
    'APT::Sandbox::User': '',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
  };
  const lines = Object.entries(own).map(([name, value]) => `${name} "${value}";`);
  writeFileSync(join(work, 'apt.conf'), `${[...hosts, ...lines].join('\n')}\n`);
  const apt = (...args: string[]) =>
    run('apt-get', args, { cwd: work, env: { ...process.env, APT_CONFIG: join(work, 'apt.conf') }, timeout: 120_000 });
  await apt('update', '-q');
  await apt('download', '-q', 'nats-server');
  const archive = readdirSync(work).find((name) => name.endsWith('.deb'));
  if (!archive) throw new Error('apt-get downloaded nothing');
  await run('dpkg-deb', ['-x', archive, 'unpacked'], { cwd: work });
  const binary = ['usr/sbin/nats-server', 'usr/bin/nats-server'].map((path) => join(work, 'unpacked', path));
  return binary.find((path) => existsSync(path)) ?? binary.join(' or ');
}

async function fromRelease(work: string): Promise<string> {
  const wanted = release.sha256[process.arch];
  if (!wanted) throw new Error(`no pinned release for ${process.arch}`);
  const name = `nats-server-v${release.version}-linux-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const from = `https://github.com/nats-io/nats-server/releases/download/v${release.version}/${name}.tar.gz`;
  const answer = await fetch(from, { signal: AbortSignal.timeout(60_000) });
  if (!answer.ok) throw new Error(`${from} answered ${answer.status}`);
  const archive = Buffer.from(await answer.arrayBuffer());
  const got = createHash('sha256').update(archive).digest('hex');
  if (got !== wanted) throw new Error(`${from} has SHA-256 ${got}, not the pinned ${wanted}`);
  writeFileSync(join(work, 'release.tar.gz'), archive);
  await run('tar', ['-xzf', 'release.tar.gz'], { cwd: work });
  return join(work, name, 'nats-server');
}

async function fetchInto(source: (work: string) => Promise<string>): Promise<void> {
  const work = join(cache, `fetch-${process.pid}`);
  mkdirSync(work, { recursive: true });
  try {
    const binary = await source(work);
    if (!goodEnough(binary)) throw new Error(`${binary} is not nats-server ≥ 2.10`);
    keep(binary);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const short = (failure: unknown): string =>
  String((failure as { stderr?: string }).stderr || (failure as Error).message)
    .trim()
    .split('\n')
    .slice(-2)
    .join(' ');

/** PATH → the checkout's cache → Debian's signed package → the pinned official release; the two downloads happen once per checkout. */
export async function findNats(say: (line: string) => void = () => undefined): Promise<string> {
  if (goodEnough('nats-server')) return 'nats-server';
  if (goodEnough(cached)) return cached;
  const reasons: string[] = [];
  const sources = { "Debian trixie's signed package": fromDebian, [`release ${release.version}`]: fromRelease };
  for (const [name, source] of Object.entries(sources)) {
    try {
      say(`nats-server: fetching ${name} into .local/cache/nats`);
      await fetchInto(source);
      return cached;
    } catch (failure) {
      reasons.push(`  - ${name}: ${short(failure)}`);
    }
  }
  throw new Missing(
    `nats-server 2.10 or newer is missing and could not be fetched:\n${reasons.join('\n')}\nAny of these provides it:\n` +
      '  - put nats-server ≥ 2.10 on PATH (https://github.com/nats-io/nats-server/releases, or apt-get install nats-server on Debian 13)\n' +
      `  - copy the binary to ${cached}\n` +
      '  - NATS_URL=nats://host:port of a server that includes deploy/nats/permissions.conf',
  );
}
