import { BusClient, ConsumesMany, type Delivered } from '@shidang/bus';
import type { CaseMoved } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { tellingOfCase } from './audience';
import { giveNotices, type ToTell } from './give-notices';

const durable = 'notifications-tell-cases';

/** Submission, return and approval, each to whoever has to know; a batch of three thousand is told in a few transactions. */
@Controller()
export class TellCases {
  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
  ) {}

  @ConsumesMany(durable)
  async tell(batch: readonly Delivered<CaseMoved>[]): Promise<void> {
    const facts = batch.flatMap(toTell);
    if (facts.length === 0) return;
    let told: Iterable<string> = [];
    const ids = facts.map(({ messageId }) => messageId);
    await this.work.onceEach('jobs', ids, durable, async (_, sql, fresh) => {
      told = await giveNotices(
        sql,
        facts.filter(({ messageId }) => fresh.has(messageId)),
      );
    });
    for (const accountId of told) this.bus.hint('account', accountId);
  }
}

function toTell({ messageId, fact }: Delivered<CaseMoved>): ToTell[] {
  const telling = tellingOfCase(fact);
  const { schoolCode, caseId, teacherId } = fact;
  return telling ? [{ messageId, fact, telling, about: { organisation: schoolCode, caseId, teacherId } }] : [];
}
