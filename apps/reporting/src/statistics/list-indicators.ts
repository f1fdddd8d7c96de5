import { Handles } from '@shidang/bus';
import { listStatisticsIndicators, type StatisticsIndicators } from '@shidang/contracts';
import { Controller } from '@nestjs/common';
import { described, indicators } from './indicators';

@Controller()
export class ListIndicatorsHandler {
  @Handles(listStatisticsIndicators)
  list(): Promise<StatisticsIndicators> {
    return Promise.resolve({ items: indicators.map(described) });
  }
}
