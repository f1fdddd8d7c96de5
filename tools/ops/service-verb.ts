import { spawn } from 'node:child_process';
import { serviceNames, type ServiceName } from '@shidang/contracts';
import { Missing, environmentOf, runOf } from '@shidang/dev';
import type { Asked } from './command';

export interface VerbAnswer {
  readonly code: number;
  readonly said: string;
  readonly complained: string;
}

export function serviceNamed(name: string | undefined): ServiceName {
  const service = serviceNames.find((one) => one === name);
  if (!service) throw new Missing(`--service is one of ${serviceNames.join(', ')}${name ? `, not ${name}` : ''}`);
  return service;
}

/** The one that was asked for, or all. */
export const servicesAsked = (asked: Asked): readonly ServiceName[] =>
  asked.option('service') === undefined ? serviceNames : [serviceNamed(asked.option('service'))];

/** A service's own verb with the environment of the running system; its audit rows carry the reason (`--reason`). */
export async function serviceVerb(asked: Asked, service: ServiceName, verb: readonly string[]): Promise<VerbAnswer> {
  const env = { ...(await environmentOf(service, asked.dir)), SHIDANG_REASON: asked.option('reason') };
  const child = spawn(process.execPath, [...runOf(service), ...verb], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const heard = { said: '', complained: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (heard.said += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (heard.complained += text));
  const code = await new Promise<number>((settle) => child.once('close', (ended) => settle(ended ?? 1)));
  return { code, ...heard };
}

/** What changes business tables says why: the reason stands in the audit. */
export function reasonOf(asked: Asked): string {
  const reason = asked.option('reason')?.trim();
  if (!reason)
    throw new Missing('--reason "…" is missing: the audit says who did this from the command line, and why.');
  return reason;
}
