import type { ServiceName } from '@shidang/contracts';
import type { ChainVerdict, Flaw, Restoration } from '@shidang/persistence';
import { parseArgs } from 'node:util';
import { checkedChain, type AuditParts } from './audit-sealing';
import { declareRestored, type RestoredTo } from './declare-restored';

export interface AuditReport extends ChainVerdict {
  service: ServiceName;
  seconds: number;
}

const mostReason = 500;
const usage = `usage: audit verify [--json]
       audit restored --to <time> --reason <words>`;

/**
 * `audit verify`: the whole chain, its heads in the file and with their keeper. Exit code 1 = tampered. Throws when it cannot say.
 * `audit restored`: declares that the database was restored to that time, then verifies.
 */
export async function auditVerb(parts: AuditParts, [verb, ...args]: string[]): Promise<void> {
  if (verb === 'restored') {
    await declareRestored(parts, restoredTo(args));
    await verify(parts, false);
  } else if (verb === 'verify' && args.every((flag) => flag === '--json')) await verify(parts, args.length > 0);
  else throw new Error(usage);
}

async function verify(parts: AuditParts, asJson: boolean): Promise<void> {
  const begun = performance.now();
  const verdict = await checkedChain(parts);
  const report = { service: parts.service, seconds: (performance.now() - begun) / 1_000, ...verdict };
  process.stdout.write(asJson ? `${JSON.stringify(report)}\n` : `${linesOf(report).join('\n')}\n`);
  process.exitCode = verdict.intact ? 0 : 1;
}

function restoredTo(args: string[]): RestoredTo {
  const { values } = parseArgs({ args, options: { to: { type: 'string' }, reason: { type: 'string' } } });
  const to = new Date(values.to ?? '');
  const reason = values.reason?.trim() ?? '';
  if (!(to.getTime() <= Date.now()) || reason === '' || reason.length > mostReason) throw new Error(usage);
  return { to, reason };
}

function linesOf({
  service,
  intact,
  rows,
  to,
  head,
  unsealed,
  seconds,
  flaws,
  first,
  restored,
}: AuditReport): string[] {
  const speed = Math.round(rows / seconds).toLocaleString('en');
  const counted = `${rows} rows in ${to} blocks, ${seconds.toFixed(1)} s, ${speed} rows/s, ${unsealed} not sealed yet`;
  const tip = head ? [`  head ${head.sequence} of ${head.at}: ${head.hash}`] : [];
  const past = [...tip, ...restored.map(restoredLine)];
  if (intact) return [`${service}: intact. ${counted}`, ...past];
  return [`${service}: TAMPERED, ${flaws} flaws. ${counted}`, ...past, ...first.slice(0, 10).map(flawLine)];
}

const flawLine = ({ why, sequence, ordinal, row, after, by }: Flaw, at: number): string =>
  [
    `  ${at === 0 ? 'first bad row' : '             '}`,
    row ?? (after ? `the one after ${after}` : 'unknown'),
    why,
    `in block ${sequence}${ordinal === undefined ? '' : ` at ${ordinal}`}`,
    ...(by ? [`known by ${by}`] : []),
  ].join('  ');

const restoredLine = ({ to, at, reason, sequence, setAside }: Restoration): string =>
  `  restored to ${to} (declared ${at}: ${reason}), heads ${sequence + 1} to ${setAside} told before then set aside`;
