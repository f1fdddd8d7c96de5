import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Gauge } from 'prom-client';
import type { Metrics } from './metrics';
import { shownUntil, type Spoken } from './shown-certificate';
import { shared } from './within';

/** What this process speaks to over TLS: with an authority's file it does. */
export interface SpokenServer {
  readonly spoken: Spoken;
  /** One or several, with commas between them. */
  readonly url: string;
  readonly caFile?: string;
}

const askedAgainMilliseconds = 10 * 60_000;
const form = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The first of the authority's certificates to run out: while it is renewed there are two. */
async function authorityUntil(caFile: string): Promise<number> {
  const certificates = (await readFile(caFile, 'utf8')).match(form) ?? [];
  return Math.min(...certificates.map((pem) => Date.parse(new X509Certificate(pem).validTo)));
}

/** The first to run out of those that answer. */
async function serversUntil({ spoken, url }: SpokenServer): Promise<number> {
  const asked = await Promise.allSettled(url.split(',').map((one) => shownUntil(spoken, one)));
  return Math.min(...asked.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : [])));
}

/** When certificates run out that this process meets. Without TLS there are none, and nothing is asked. */
export function showCertificates({ registry }: Metrics, servers: readonly SpokenServer[]): void {
  const looks = servers.flatMap((server) => {
    const { spoken, caFile } = server;
    if (!caFile) return [];
    return [
      { certificate: spoken, look: shared(() => serversUntil(server), askedAgainMilliseconds) },
      { certificate: `${spoken} authority`, look: shared(() => authorityUntil(caFile), askedAgainMilliseconds) },
    ];
  });
  new Gauge({
    name: 'shidang_certificate_expires_timestamp_seconds',
    help: 'When the certificate runs out (Unix time), by whose it is',
    labelNames: ['certificate'] as const,
    registers: [registry],
    async collect() {
      for (const { certificate, look } of looks) {
        const until = await look();
        if (until !== undefined && Number.isFinite(until)) this.set({ certificate }, until / 1_000);
      }
    },
  });
}
