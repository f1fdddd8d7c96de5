import { Missing, isAlive, readState, runningServers } from '@shidang/dev';
import { archiveOf } from '../backup/backup-commands';
import type { Asked, Command, Outcome } from '../command';
import { askHost } from './ask-host';
import { askNats, askPostgres } from './ask-servers';
import { findings, type Finding } from './checks';
import type { Facts } from './facts';

const words = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure));

/** Of the running system or of the given servers; undefined when there are neither. */
function serversOf(dir: string) {
  try {
    return runningServers(dir);
  } catch (failure) {
    if (failure instanceof Missing) return undefined;
    throw failure;
  }
}

export async function factsOf(dir: string, archive: string): Promise<Facts> {
  const state = readState(dir);
  const host = await askHost(dir, archive, state !== undefined && isAlive(state.supervisor));
  const servers = serversOf(dir);
  if (!servers) return host;
  const [postgres, nats] = await Promise.all([
    askPostgres(servers.adminUrl).catch(words),
    askNats(servers.natsUrl, servers.secrets.nats.operator).catch(words),
  ]);
  return { ...host, running: true, postgres, nats };
}

const marks = { good: 'ok  ', note: 'note', bad: 'BAD ' } as const;

const line = ({ check, level, words: said, mend }: Finding): string[] => [
  `${marks[level]} ${check.padEnd(20)} ${said}`,
  ...(mend ? [`${' '.repeat(26)}→ ${mend}`] : []),
];

const doctor: Command = {
  usage: 'doctor [--archive DIR]   looks at host, PostgreSQL, NATS, services, backups; says how to mend what is wrong',
  options: { archive: { type: 'string' } },
  async run(asked: Asked): Promise<Outcome> {
    const found = findings(await factsOf(asked.dir, archiveOf(asked)));
    const wrong = found.filter(({ level }) => level === 'bad').length;
    const sum = wrong === 0 ? 'Nothing is wrong.' : `${wrong} of ${found.length} are wrong.`;
    return { code: wrong === 0 ? 0 : 1, words: [...found.flatMap(line), sum], facts: found };
  },
};

export const doctorCommands = { doctor } satisfies Record<string, Command>;
