import { exportStatistics, listStatisticsIndicators, readStatistics } from '@shidang/contracts';
import { Controller, Get } from '@nestjs/common';
import { sendText } from './files/send-file';
import { Serves, type Ask } from './serve/serves';

@Controller()
export class StatisticsController {
  @Get('statistics/indicators')
  @Serves(listStatisticsIndicators)
  indicators(ask: Ask<typeof listStatisticsIndicators>) {
    return ask();
  }

  @Get('statistics')
  @Serves(readStatistics)
  read(ask: Ask<typeof readStatistics>) {
    return ask();
  }

  @Get('statistics.csv')
  @Serves(exportStatistics, { download: 'text/csv; charset=utf-8' })
  async export(ask: Ask<typeof exportStatistics>) {
    const { fileName, contentType, content } = await ask();
    return sendText({ name: fileName, type: contentType }, async () => ({ text: content }));
  }
}
