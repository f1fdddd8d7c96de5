import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { readStatistics, type ReadStatistics, type StatisticsTable } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { statisticsTable } from './statistics-table';

@Controller()
export class ReadStatisticsHandler {
  constructor(private readonly work: Work) {}

  @Handles(readStatistics)
  read(query: ReadStatistics, caller: Caller): Promise<StatisticsTable> {
    return this.work.read(caller, (_, sql) => statisticsTable(sql, query, caller));
  }
}
