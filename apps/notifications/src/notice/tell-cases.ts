import { BusClient, Consumes } from '@shidang/bus';
import { caseMoved, type CaseMoved } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { tellingOfCase } from './audience';
import { giveNotices } from './give-notices';

const durable = 'notifications-tell-cases';

/** Submission, return and approval, each to whoever has to know. */
@Controller()
export class TellCases {
  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
  ) {}

  @Consumes(caseMoved, durable)
  async tell(moved: CaseMoved, messageId: string): Promise<void> {
    const telling = tellingOfCase(moved);
    if (!telling) return;
    let told: string[] = [];
    await this.work.onceEach('jobs', [messageId], durable, async (_, sql, fresh) => {
      if (fresh.size === 0) return;
      const { schoolCode, caseId, teacherId } = moved;
      told = await giveNotices(sql, messageId, moved, telling, { organisation: schoolCode, caseId, teacherId });
    });
    for (const accountId of told) this.bus.hint('account', accountId);
  }
}
