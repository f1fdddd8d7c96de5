import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { Writable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { Client, escapeLiteral, type Connection, type Submittable } from 'pg';

/** What the server says of a base backup it has sent. */
export interface SentBackup {
  readonly startLsn: string;
  readonly stopLsn: string;
  readonly timeline: number;
  /** `backup_manifest`: every file with its size and SHA-256, as pg_verifybackup reads it. */
  readonly manifest: string;
  readonly bytes: number;
}

/** Takes the one tar of a cluster without tablespaces; answers whether it wants more right now. */
type Sink = Pick<Writable, 'write' | 'once'>;

/**
 * `BASE_BACKUP` of the replication protocol (PostgreSQL ≥ 15): two answers, then a copy whose messages begin with a letter (n a new
 * archive, d its bytes, m the manifest follows, p progress), then where the backup ends.
 */
class BaseBackup implements Submittable {
  readonly done: Promise<SentBackup>;
  private readonly rows: string[][] = [];
  private readonly manifest: Buffer[] = [];
  private inManifest = false;
  private resting = false;
  private archives = 0;
  private bytes = 0;
  private failure?: Error;
  private settle!: { resolve: (sent: SentBackup) => void; reject: (why: Error) => void };

  constructor(
    private readonly label: string,
    private readonly sink: Sink,
  ) {
    this.done = new Promise((resolve, reject) => (this.settle = { resolve, reject }));
  }

  submit(connection: Connection): void {
    // WAL: the segments the backup itself needs travel along, so that it can be opened without the archive.
    const options = `LABEL ${escapeLiteral(this.label)}, CHECKPOINT 'fast', WAL true, MANIFEST 'yes', MANIFEST_CHECKSUMS 'SHA256'`;
    (connection as unknown as { query(text: string): void }).query(`BASE_BACKUP (${options})`);
  }

  handleRowDescription(): void {
    // The columns are known: recptr and tli, tablespaces, recptr and tli.
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    this.rows.push(fields.map((field) => field ?? ''));
  }

  handleCopyData({ chunk }: { chunk: Buffer }, connection: { stream: { pause(): void; resume(): void } }): void {
    const [kind] = chunk.toString('latin1', 0, 1);
    if (kind === 'n') {
      this.archives += 1;
      if (this.archives > 1) this.failure ??= new Error('tablespaces outside the data directory are not backed up');
    } else if (kind === 'm') this.inManifest = true;
    else if (kind === 'd') {
      // The parser uses its buffer again.
      const bytes = Buffer.from(chunk.subarray(1));
      this.bytes += bytes.length;
      if (this.inManifest) this.manifest.push(bytes);
      else if (!this.failure && !this.sink.write(bytes)) this.waitFor(connection.stream);
    }
  }

  /** Messages that were parsed already still arrive while the socket rests. */
  private waitFor(stream: { pause(): void; resume(): void }): void {
    if (this.resting) return;
    this.resting = true;
    stream.pause();
    this.sink.once('drain', () => {
      this.resting = false;
      stream.resume();
    });
  }

  handleCommandComplete(): void {
    // Several come; ReadyForQuery is the end.
  }

  handleError(failure: Error): void {
    this.failure = failure;
    this.settle.reject(failure);
  }

  handleReadyForQuery(): void {
    if (this.failure) return this.settle.reject(this.failure);
    const [start, end] = [this.rows[0], this.rows.at(-1)];
    this.settle.resolve({
      startLsn: start?.[0] ?? '',
      timeline: Number(start?.[1]),
      stopLsn: end?.[0] ?? '',
      manifest: Buffer.concat(this.manifest).toString('utf8'),
      bytes: this.bytes,
    });
  }
}

async function overReplication<T>(adminUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const url = new URL(adminUrl);
  url.searchParams.set('replication', 'true');
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Sends the whole cluster into the sink. The server compares every page with its checksum on the way and fails on a wrong one. */
export const sendBackup = (adminUrl: string, label: string, sink: Sink): Promise<SentBackup> =>
  overReplication(adminUrl, (client) => client.query(new BaseBackup(label, sink)).done);

/** As `sendBackup`, into `file` (gzip), on disk when it settles. */
export async function backupInto(
  adminUrl: string,
  label: string,
  file: string,
): Promise<SentBackup & { readonly sha256: string; readonly packedBytes: number }> {
  const hash = createHash('sha256');
  let packedBytes = 0;
  const gzip = createGzip({ level: 1 });
  gzip.on('data', (bytes: Buffer) => {
    hash.update(bytes);
    packedBytes += bytes.length;
  });
  const target = gzip.pipe(createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  const sent = await sendBackup(adminUrl, label, gzip).catch((failure: Error) => {
    gzip.destroy();
    target.destroy();
    throw failure;
  });
  gzip.end();
  await finished(target);
  const handle = await open(file, 'r');
  await handle.sync().finally(() => handle.close());
  return { ...sent, sha256: hash.digest('hex'), packedBytes };
}

/** Nothing is kept: reading every page through the server's checksums is the purpose. */
export const readEveryPage = (adminUrl: string): Promise<SentBackup> =>
  sendBackup(adminUrl, 'checksums', { write: () => true, once: () => undefined as never });
