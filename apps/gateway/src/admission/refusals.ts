import { Metrics } from '@shidang/service-host/gateway';
import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';

const lanes = ['write', 'read', 'bulk', 'log-in', 'stream'];
/** No place (of the first four), too often (of the next four), a body. Each is there from the start: an alert cannot see the first of what was not. */
const reasons = ['shut', 'full', 'displaced', 'late', 'account', 'province', 'address', 'name', 'bodies', 'slow'];

/** What was sent away before any service heard of it. */
@Injectable()
export class Refusals {
  private readonly refused: Counter<'lane' | 'reason'>;

  constructor(metrics: Metrics) {
    this.refused = new Counter({
      name: 'shidang_gateway_refused_total',
      help: 'Requests refused at the door, by lane and reason',
      labelNames: ['lane', 'reason'] as const,
      registers: [metrics.registry],
    });
    for (const lane of lanes) for (const reason of reasons) this.refused.inc({ lane, reason }, 0);
  }

  count(lane: string, reason: string): void {
    this.refused.inc({ lane, reason });
  }
}
