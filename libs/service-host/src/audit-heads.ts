import type { BusClient } from '@shidang/bus';
import {
  headKeepers,
  keepAuditHeads,
  listAuditHeads,
  mostHeads,
  type AuditHeadTold,
  type ServiceName,
} from '@shidang/contracts';
import {
  headsAfter,
  lastHead,
  takeTurn,
  type AuditHead,
  type HeadsOutside,
  type Restoration,
  type Sql,
  type Work,
} from '@shidang/persistence';
import type { HeadsFile } from './heads-file';

const toldAs = ({ first, ...head }: AuditHead): AuditHeadTold => ({ ...head, ...(first ? { first } : {}) });
const asTold = ({ first, ...head }: AuditHeadTold): AuditHead => ({ ...head, first: first ?? null });

/** Heads of this service's chain outside of its database: in a file and with another service (T2). */
export class AuditHeads {
  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
    private readonly service: ServiceName,
    private readonly file: HeadsFile,
  ) {}

  get keeper(): ServiceName {
    return headKeepers[this.service];
  }

  /** Appends and tells what is sealed and not known there yet. One replica at a time; throws when one of the two did not take it. */
  tell(): Promise<void> {
    return this.work.beyond('audit-chain', async (_, sql) => {
      if (!(await takeTurn(sql, 'tell'))) return;
      await tellTo(sql, await this.file.tip(), (heads) => this.file.append(heads));
      await tellTo(sql, (await this.keep([])).sequence, (heads) => this.keep(heads));
    });
  }

  /** Both places, each with the tip it has now: to be asked before the snapshot that is compared. */
  async outside(): Promise<HeadsOutside[]> {
    const readAt = Date.now();
    const { file } = this;
    const { sequence } = await this.keep([]);
    const { restored } = await this.list(0, 1);
    return [
      { name: 'file', readAt, tip: await file.tip(), heads: file.heads(), restored: await file.restored() },
      { name: this.keeper, readAt, tip: sequence, heads: this.kept(), restored },
    ];
  }

  /** Sets aside, in both places, what the restored database does not know. */
  async restore(restored: Restoration): Promise<void> {
    await this.keep([], restored);
    await this.file.restore(restored);
  }

  private keep(heads: readonly AuditHead[], restored?: Restoration) {
    return this.bus.ask(keepAuditHeads[this.service], {
      heads: heads.map(toldAs),
      ...(restored ? { restored: { ...restored } } : {}),
    });
  }

  private list(after: number, limit: number) {
    return this.bus.ask(listAuditHeads[this.service], { after, limit });
  }

  private async *kept(): AsyncGenerator<AuditHead> {
    for (let after = 0; ;) {
      const { heads } = await this.list(after, mostHeads);
      yield* heads.map(asTold);
      if (heads.length < mostHeads) return;
      after = heads.at(-1)!.sequence;
    }
  }
}

async function tellTo(sql: Sql, known: number, give: (heads: readonly AuditHead[]) => Promise<unknown>): Promise<void> {
  const last = (await lastHead(sql))?.sequence ?? 0;
  if (known > last) throw new Error(`the chain ends at ${last}, its head ${known} was told before`);
  for (let after = known; after < last;) {
    const heads = await headsAfter(sql, after, mostHeads);
    await give(heads);
    after = heads.at(-1)!.sequence;
  }
}
