import { BusClient, Consumes } from '@shidang/bus';
import { monthlyReportMoved, type MonthlyReportMoved } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { tellingOfReport } from './audience';
import { giveNotices } from './give-notices';

const durable = 'notifications-tell-reports';

@Controller()
export class TellReports {
  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
  ) {}

  @Consumes(monthlyReportMoved, durable)
  async tell(moved: MonthlyReportMoved, messageId: string): Promise<void> {
    const telling = tellingOfReport(moved);
    if (!telling) return;
    let told: Iterable<string> = [];
    await this.work.onceEach('jobs', [messageId], durable, async (_, sql, fresh) => {
      if (fresh.size === 0) return;
      const { orgCode, reportId, month } = moved;
      told = await giveNotices(sql, [
        { messageId, fact: moved, telling, about: { organisation: orgCode, reportId, month } },
      ]);
    });
    for (const accountId of told) this.bus.hint('account', accountId);
  }
}
