import { BusClient, Consumes } from '@shidang/bus';
import { correctionMoved, type CorrectionMoved } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { tellingOfCorrection } from './audience';
import { giveNotices } from './give-notices';

const durable = 'notifications-tell-corrections';

@Controller()
export class TellCorrections {
  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
  ) {}

  @Consumes(correctionMoved, durable)
  async tell(moved: CorrectionMoved, messageId: string): Promise<void> {
    let told: Iterable<string> = [];
    await this.work.onceEach('jobs', [messageId], durable, async (_, sql, fresh) => {
      if (fresh.size === 0) return;
      const about = { organisation: moved.schoolCode, teacherId: moved.teacherId };
      told = await giveNotices(sql, [{ messageId, fact: moved, telling: tellingOfCorrection(moved), about }]);
    });
    for (const accountId of told) this.bus.hint('account', accountId);
  }
}
