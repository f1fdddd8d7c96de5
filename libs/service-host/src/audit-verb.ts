import type { ServiceName } from '@shidang/contracts';
import type { ChainVerdict, Flaw } from '@shidang/persistence';
import { verdictOf, type AuditParts } from './audit-sealing';

export interface AuditReport extends ChainVerdict {
  service: ServiceName;
  seconds: number;
}

const usage = 'usage: audit verify [--json]';

/** `audit verify`: the whole chain, its heads in the file and with their keeper. Exit code 1 = tampered. Throws when it cannot say. */
export async function auditVerb(parts: AuditParts, args: string[]): Promise<void> {
  const [verb, ...flags] = args;
  if (verb !== 'verify' || flags.some((flag) => flag !== '--json')) throw new Error(usage);
  const begun = performance.now();
  const verdict = await verdictOf(parts);
  const report = { service: parts.service, seconds: (performance.now() - begun) / 1_000, ...verdict };
  process.stdout.write(flags.length > 0 ? `${JSON.stringify(report)}\n` : `${linesOf(report).join('\n')}\n`);
  process.exitCode = verdict.intact ? 0 : 1;
}

function linesOf({ service, intact, rows, to, head, unsealed, seconds, flaws, first }: AuditReport): string[] {
  const speed = Math.round(rows / seconds).toLocaleString('en');
  const counted = `${rows} rows in ${to} blocks, ${seconds.toFixed(1)} s, ${speed} rows/s, ${unsealed} not sealed yet`;
  const tip = head ? [`  head ${head.sequence} of ${head.at}: ${head.hash}`] : [];
  if (intact) return [`${service}: intact. ${counted}`, ...tip];
  return [`${service}: TAMPERED, ${flaws} flaws. ${counted}`, ...tip, ...first.slice(0, 10).map(flawLine)];
}

const flawLine = ({ why, sequence, ordinal, row, after, by }: Flaw, at: number): string =>
  [
    `  ${at === 0 ? 'first bad row' : '             '}`,
    row ?? (after ? `the one after ${after}` : 'unknown'),
    why,
    `in block ${sequence}${ordinal === undefined ? '' : ` at ${ordinal}`}`,
    ...(by ? [`known by ${by}`] : []),
  ].join('  ');
