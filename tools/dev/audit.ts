import { spawn } from 'node:child_process';
import { serviceNames, type ServiceName } from '@shidang/contracts';
import { mainOf } from './system/migrate';
import { environmentOf } from './run-verb';
import { Missing } from './workspace';

const usage = `npm run audit -- verify [--json]
  exit code 0: every chain is intact, 1: one was tampered with, 2: one could not be verified`;

interface Verified {
  service: ServiceName;
  code: number;
  said: string;
}

/** The service's own verb, in a process of its own; what it cannot do it says on standard error. */
async function verified(service: ServiceName, args: readonly string[]): Promise<Verified> {
  const env = await environmentOf(service);
  const child = spawn(process.execPath, [mainOf(service), 'audit', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number>((settle) => child.once('close', (ended) => settle(ended ?? 2)));
  return { service, code, said: said.trim() };
}

/** Tampered outweighs "could not say": what was found was found. */
export const codeOf = (codes: readonly number[]): number =>
  codes.includes(1) ? 1 : codes.some((code) => code !== 0) ? 2 : 0;

/** One after the other: each reads as fast as it can. */
export async function main(args: string[]): Promise<void> {
  try {
    if (args[0] !== 'verify' || args.slice(1).some((flag) => flag !== '--json')) throw new Missing(usage);
    const all: Verified[] = [];
    for (const service of serviceNames) {
      const one = await verified(service, args);
      all.push(one);
      if (args.length === 1) console.log(one.said || `${service}: could not be verified`);
    }
    if (args.length > 1)
      console.log(
        JSON.stringify(
          all.map(({ service, code, said }) => (said ? { code, ...JSON.parse(said) } : { service, code })),
        ),
      );
    process.exitCode = codeOf(all.map(({ code }) => code));
  } catch (failure) {
    console.error(failure instanceof Missing ? failure.message : (failure as Error).stack);
    process.exitCode = 2;
  }
}
