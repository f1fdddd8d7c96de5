import { BusClient, CallerVerifier, faultWords, inBackground, isOutage, type Step } from '@shidang/bus';
import { importRefusals, Refusal } from '@shidang/contracts';
import { newId, Vault, Work } from '@shidang/persistence';
import { Logger, type INestApplicationContext } from '@nestjs/common';
import { sweepDownloads } from '../download/shelved-file';
import { ImportBell } from './import-bell';
import { ImportJob, Interrupted } from './job/import-job';
import { failureOf, importColumns, type ImportRow } from './import-row';
import { dropUpload, dropUploads } from './upload';

/** A worker that died is followed by another after this long. */
const leaseSeconds = 15;
const heartbeatMilliseconds = 5_000;
const restMilliseconds = 1_000;
const mostAttempts = 3;
/** An upload is personal data nobody waits for any more after this. */
const keep = { uploading: '1 day', checked: '7 days', committed: '7 days' } as const;
/** Downloads are kept for two minutes. */
const sweepMilliseconds = 60_000;

/** Runs imports beside the handlers (`beside` of runService), one at a time; returns its stop. */
export function importWorker(app: INestApplicationContext): Promise<() => Promise<void>> {
  const worker = new ImportWorker(
    app.get(Work),
    app.get(Vault),
    app.get(BusClient),
    app.get(CallerVerifier),
    app.get(ImportBell),
  );
  return Promise.resolve(worker.start());
}

const stepOf = ({ id, state, attempts, traceparent }: ImportRow): Step => ({
  name: `job import ${state}`,
  kind: 'inner',
  attributes: { 'shidang.job': id, 'shidang.attempt': attempts },
  alsoFrom: [traceparent ?? undefined],
});

const due = `state in ('uploaded', 'checking', 'committing', 'undoing') and (lease_until is null or lease_until < now())`;

/** Takes due imports from the table under a lease, so that an import survives every restart and has one worker at a time. */
class ImportWorker {
  private readonly self = newId();
  private readonly logger = new Logger('import');
  private stopping = false;
  private nextSweep = Date.now();
  private wake: () => void = () => undefined;

  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly bus: BusClient,
    private readonly verifier: CallerVerifier,
    private readonly bell: ImportBell,
  ) {}

  start(): () => Promise<void> {
    this.bell.listen(() => this.wake());
    const running = this.loop();
    return async () => {
      this.stopping = true;
      this.wake();
      await running;
    };
  }

  private async loop(): Promise<void> {
    while (!this.stopping) {
      try {
        const row = (await this.isAnythingDue()) ? await this.claim() : undefined;
        if (row) await this.run(row);
        else await this.rest();
        if (Date.now() >= this.nextSweep) await this.sweep();
      } catch (error) {
        this.logger.warn({ importWorker: faultWords(error).words });
        await this.rest();
      }
    }
  }

  private rest(): Promise<void> {
    if (this.stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, restMilliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** One round trip, where claiming takes three: mostly nothing is due. */
  private async isAnythingDue(): Promise<boolean> {
    const text = `select from import where ${due} limit 1`;
    return (await this.work.lookBeyond('jobs', { name: 'import-look', text })).length > 0;
  }

  private claim(): Promise<ImportRow | undefined> {
    return this.work.beyond('jobs', async (_, sql) => {
      const [row] = await sql<ImportRow>(
        `update import i set lease_owner = $1, lease_until = now() + make_interval(secs => $2), attempts = i.attempts + 1,
           state = case i.state when 'uploaded' then 'checking' else i.state end
         where i.id = (select id from import where ${due}
           order by created_at limit 1 for update skip locked)
         returning ${importColumns}`,
        [this.self, leaseSeconds],
      );
      return row;
    });
  }

  /** Lets go of files that were never finished or never committed. */
  private async sweep(): Promise<void> {
    this.nextSweep = Date.now() + sweepMilliseconds;
    await this.work.beyond('jobs', async (_, sql) => {
      await sweepDownloads(sql);
      const expired = await sql<{ id: string }>(
        `update import set state = 'failed', failure = $1
         where (state = 'uploading' and created_at < now() - $2::interval) or (state in ('matching', 'checked') and created_at < now() - $3::interval)
         returning id`,
        [JSON.stringify(failureOf(importRefusals.expired({}))), keep.uploading, keep.checked],
      );
      const mended = await sql<{ id: string }>(
        `select id from import where state in ('committed', 'undone') and has_file and committed_at < now() - $1::interval`,
        [keep.committed],
      );
      await dropUploads(
        sql,
        [...expired, ...mended].map((each) => each.id),
      );
    });
  }

  private async run(row: ImportRow): Promise<void> {
    const heartbeat = setInterval(() => void this.extend(row.id).catch(() => undefined), heartbeatMilliseconds);
    const breathe = () => {
      if (this.stopping) throw new Interrupted();
    };
    try {
      this.bus.hint('job', row.id);
      if (row.attempts > mostAttempts) throw importRefusals.gaveUp({});
      await inBackground(stepOf(row), () =>
        new ImportJob(row, this.self, this.work, this.vault, this.bus, this.verifier, breathe).run(),
      );
    } catch (error) {
      await this.endEarly(row, error);
    } finally {
      clearInterval(heartbeat);
      this.bus.hint('job', row.id);
    }
  }

  private async endEarly(row: ImportRow, error: unknown): Promise<void> {
    if (error instanceof Refusal && error.body.kind !== 'unavailable') {
      await this.fail(row.id, error);
      return;
    }
    const interrupted = error instanceof Interrupted;
    // what was acknowledged is not given up because a neighbour is away: only the file's own faults count
    const isUncounted = interrupted || isOutage(error);
    if (!interrupted)
      this.logger.warn({
        import: row.id,
        attempt: row.attempts,
        fault: faultWords(error).words,
      });
    await this.work.beyond('jobs', async (_, sql) => {
      await sql(
        `update import set attempts = attempts - $2, lease_until = case when $3 then null else now() + interval '2 seconds' end
         where id = $1 and lease_owner = $4`,
        [row.id, isUncounted ? 1 : 0, interrupted, this.self],
      );
    });
  }

  private fail(importId: string, refusal: Refusal): Promise<void> {
    return this.work.beyond('jobs', async (_, sql) => {
      // what could not be taken back stays imported; everything else is over
      const [ended] = await sql<{ state: string }>(
        `update import set state = case state when 'undoing' then 'committed' else 'failed' end, failure = $2, lease_until = null
         where id = $1 and lease_owner = $3 returning state`,
        [importId, JSON.stringify(failureOf(refusal)), this.self],
      );
      if (ended?.state === 'failed') await dropUpload(sql, importId);
    });
  }

  private extend(importId: string): Promise<void> {
    return this.work.beyond('jobs', async (_, sql) => {
      await sql(
        `update import set lease_until = now() + make_interval(secs => $2) where id = $1 and lease_owner = $3`,
        [importId, leaseSeconds, this.self],
      );
    });
  }
}
