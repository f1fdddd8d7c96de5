import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { exportStatistics, type ReadStatistics, type StatisticsFile } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { csvOf } from './csv';
import { statisticsTable } from './statistics-table';

@Controller()
export class ExportStatisticsHandler {
  constructor(private readonly work: Work) {}

  @Handles(exportStatistics)
  export(query: ReadStatistics, caller: Caller): Promise<StatisticsFile> {
    return this.work.read(caller, async (_, sql) => csvOf(await statisticsTable(sql, query, caller)));
  }
}
