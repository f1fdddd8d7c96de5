import { Metrics } from '@shidang/service-host/gateway';
import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';

/** What was sent away before any service heard of it. */
@Injectable()
export class Refusals {
  private readonly refused: Counter<'lane' | 'reason'>;

  constructor(metrics: Metrics) {
    this.refused = new Counter({
      name: 'shidang_gateway_refused_total',
      help: 'Requests refused at the door, by lane and reason (full, displaced, late, account, province, address, name, bodies, slow)',
      labelNames: ['lane', 'reason'] as const,
      registers: [metrics.registry],
    });
  }

  count(lane: string, reason: string): void {
    this.refused.inc({ lane, reason });
  }
}
