import 'reflect-metadata';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { demoAccounts, scales, type Scale } from './system/demo';
import { startSystem, type RunningSystem } from './system/start-system';
import { Missing } from './workspace';

const usage = `npm start -- [--fresh] [--port N] [--scale s|m|l|county|district|xl] [--no-demo] [--cluster] [--archive | --archive-to DIR] [--dir DIR]
  --fresh     throw away the data of this checkout and start over
  --port N    port of the gateway (default 8080, or the next free one)
  --scale     size of the demo: s 5 schools, m 90, l 900, xl 18,000 (a province: 12 GB, ten minutes)
  --cluster   three NATS nodes, two replicas of each service and of the gateway
  --no-demo   no invented data; the first administrator: npm run service -- identity admin create
  --archive   copy finished WAL segments to .local/archive, for backups that can be rolled forward (npm run ops -- backup);
              --archive-to DIR: to another disk. Stays so for later starts until --no-archive
  --dir DIR   keep everything there instead of in .local: a restored system`;

function wishes(args: string[]): {
  fresh: boolean;
  port?: number;
  scale: Scale;
  demo: boolean;
  cluster: boolean;
  archive?: boolean | string;
  dir?: string;
} {
  try {
    const { values } = parseArgs({
      args,
      allowNegative: true,
      options: {
        fresh: { type: 'boolean', default: false },
        port: { type: 'string' },
        scale: { type: 'string', default: 's' },
        demo: { type: 'boolean', default: true },
        cluster: { type: 'boolean', default: false },
        archive: { type: 'boolean' },
        'archive-to': { type: 'string' },
        dir: { type: 'string' },
      },
    });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536))
      throw new Error(`--port ${values.port} is not a port`);
    if (!(scales as readonly string[]).includes(values.scale))
      throw new Error(`--scale ${values.scale} is none of ${scales.join(', ')}`);
    const archiveTo = values['archive-to'];
    return {
      fresh: values.fresh,
      port,
      scale: values.scale as Scale,
      demo: values.demo,
      cluster: values.cluster,
      archive: archiveTo === undefined ? values.archive : resolve(archiveTo),
      dir: values.dir === undefined ? undefined : resolve(values.dir),
    };
  } catch (failure) {
    throw new Missing(`${(failure as Error).message}\n${usage}`);
  }
}

/** Chinese characters take two columns. */
const width = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e7f ? 2 : 1), 0);

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
      .join('  ')
      .trimEnd(),
  );
}

async function welcome(system: RunningSystem, demo: boolean): Promise<void> {
  const { url, dir } = system;
  console.log(
    `\nShidang 师档 is ready: ${url}/console/    phones: ${url}/me/    API: ${url}/docs    logs: ${dir}/logs`,
  );
  console.log(`export URL=${system.url}/api/v1`);
  const accounts = demo ? await demoAccounts() : [];
  if (accounts.length > 0) {
    const rows = accounts.map(({ account, password, role, organisation }) => [account, password, role, organisation]);
    console.log(
      `\n${table([['账号 account', '密码 password', '角色 role', '机构 organisation'], ...rows]).join('\n')}`,
    );
  }
  console.log('\nCtrl-C stops it.');
}

/** `npm start`, after install and build (start.mjs). */
export async function main(args: string[]): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage);
    return;
  }
  let wish: ReturnType<typeof wishes>;
  try {
    wish = wishes(args);
  } catch (failure) {
    console.error((failure as Error).message);
    process.exit(2);
  }
  let system: RunningSystem | undefined;
  let asked = 0;
  const end = async () => {
    asked += 1;
    if (asked > 1) return;
    console.log('\nstopping services, then NATS and PostgreSQL');
    await system?.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());
  try {
    system = await startSystem({ ...wish, say: (line) => console.log(`· ${line}`) });
    if (asked > 0) await system.stop();
    else await welcome(system, wish.demo);
  } catch (failure) {
    console.error(failure instanceof Missing ? failure.message : (failure as Error).stack);
    process.exit(1);
  }
  // The children are unreferenced; the supervisor stays for them.
  setInterval(() => undefined, 1 << 30);
}
