import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '@shidang/contracts';
import { asAdmin } from '@shidang/dev';
import { FileKeyProvider, sqlOn, Vault, verifyChain, type Flaw, type HeadsOutside } from '@shidang/persistence';
import { databaseOf } from './counted-rows';

export interface SealedTrails {
  /** Audit rows that are in a seal. */
  readonly rows: number;
  readonly wrong: readonly string[];
}

const flawLine = ({ why, sequence, row }: Flaw): string =>
  `${why} in block ${sequence}${row ? `, first row ${row}` : ''}`;

/** What was known outside when the backup began; blocks sealed since are nobody's word but their own. */
async function headsOf(file: string): Promise<HeadsOutside[]> {
  if (!existsSync(file)) return [];
  const { HeadsFile } = await import('@shidang/service-host');
  const heads = new HeadsFile(file);
  return [{ name: 'file', readAt: 0, tip: await heads.tip(), heads: heads.heads(), restored: await heads.restored() }];
}

/** Verifies the audit chains of restored databases with the saved keys and the heads saved with the backup (T2). */
export async function lookAtTrails(adminUrl: string, keys: string, heads: string): Promise<SealedTrails> {
  const sum = { rows: 0, wrong: [] as string[] };
  for (const service of serviceNames) {
    const { auditKeys } = new Vault(new FileKeyProvider(join(keys, 'keys', `${service}.json`)));
    const outside = await headsOf(join(heads, `${service}.jsonl`));
    const { rows, intact, first } = await asAdmin(databaseOf(adminUrl, service), (client) =>
      verifyChain(sqlOn(client), { service, keys: auditKeys, outside }),
    );
    sum.rows += rows;
    if (!intact) sum.wrong.push(`${service}: the audit chain is broken: ${first.slice(0, 3).map(flawLine).join('; ')}`);
  }
  return sum;
}
