import type { Caller } from '@shidang/access';
import { Crossing, currentTrace, inBackground, TurnedAway } from '@shidang/bus';
import { commonRefusals, importRefusals, type FileChunk } from '@shidang/contracts';
import { currentRequest, Vault, withRequest, Work } from '@shidang/persistence';
import { Injectable } from '@nestjs/common';
import { RecordsConfig } from '../records.config';
import { isShelved, shelve, shelvedPiece, takeMaking, type MadeFile } from './shelved-file';

/** Below the deadline of a request: who waits longer is told to ask again, and finds what was made meanwhile. */
const waitedMilliseconds = 2_500;
const lookMilliseconds = 150;
/** Whoever waited so long for a bench has been told to ask again long ago. */
const patience = 30_000;

type Making = (error?: unknown) => void;

/**
 * Makes files for one account, a few at once in this process and a few waiting (L3), and holds them while they are taken
 * piece by piece: sealed in the database, so that it does not matter which replica is asked next.
 */
@Injectable()
export class DownloadShelf {
  private readonly benches: Crossing<'file'>;

  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    config: RecordsConfig,
  ) {
    const { FILES_AT_ONCE: together, FILES_WAITING: waiting } = config;
    this.benches = new Crossing({ together, lanes: { file: together }, waiting });
  }

  /** The first piece of a file; made now, unless it is on its way already or was made a moment ago. */
  async first(caller: Caller, thing: string, make: () => Promise<MadeFile>): Promise<FileChunk> {
    const until = Date.now() + waitedMilliseconds;
    const id = await this.work.beyond('jobs', (_, sql) => takeMaking(sql, caller, thing));
    let ended = false;
    let failure: unknown;
    if (id)
      this.begin(id, caller, make, (error) => {
        ended = true;
        failure = error;
      });
    while (!ended || failure === undefined) {
      if (ended || !id) {
        const shelved = await this.work.read(caller, (_, sql) => isShelved(sql, caller, thing));
        if (shelved) return this.piece(caller, thing, 0);
      }
      if (Date.now() >= until) throw importRefusals.stillMaking({});
      await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
    }
    throw failure;
  }

  /** A later piece of the file whose first was taken. */
  async piece(caller: Caller, thing: string, offset: number): Promise<FileChunk> {
    const piece = await this.work.read(caller, (_, sql) => shelvedPiece(sql, this.vault, caller, thing, offset));
    if (!piece) throw importRefusals.downloadLost({});
    return piece;
  }

  /** Goes on when the request that began it is over. */
  private begin(id: string, caller: Caller, make: () => Promise<MadeFile>, ended: Making): void {
    const request = currentRequest();
    const run = () =>
      this.benches.through('file', '', patience, async () => {
        const made = await make();
        await this.work.beyond('jobs', (_, sql) => shelve(sql, this.vault, id, caller, made));
      });
    const step = { name: 'job download', kind: 'inner', alsoFrom: [request?.traceparent] } as const;
    const making = inBackground(
      step,
      () => (request ? withRequest({ ...request, traceparent: currentTrace()!, deadline: undefined }, run) : run()),
      request?.traceparent,
    );
    making.then(
      () => ended(),
      async (error: unknown) => {
        // whoever asks next begins anew
        await this.work
          .beyond('jobs', (_, sql) => sql(`delete from download where id = $1`, [id]))
          .catch(() => undefined);
        ended(error instanceof TurnedAway ? commonRefusals.busy({}) : error);
      },
    );
  }
}
