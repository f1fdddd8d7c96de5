import type { Service } from '@shidang/service-host';
import { ReportingConfig } from './reporting.config';
import { ReportingModule } from './reporting.module';
import { RollHeadCounts } from './head-count/roll-head-counts';
import { everyNight, keepRolling } from './rollup/night';
import { Recount } from './rollup/recount';
import { schema } from './schema';

export const reporting: Service<ReportingConfig> = {
  name: 'reporting',
  module: ReportingModule,
  config: ReportingConfig,
  schema,
  verbs: {
    /** `node main.js recount`: prints every figure that had drifted, after setting it right. Exit code 1 when there were any. */
    recount: async (app) => {
      const drifts = await app.get(Recount).run();
      process.stdout.write(`${JSON.stringify({ drifts })}\n`);
      if (drifts.length > 0) process.exitCode = 1;
    },
  },
  beside: (app) => {
    const stops = [
      everyNight(app.get(ReportingConfig).RECOUNT_HOUR, app.get(Recount)),
      keepRolling(app.get(RollHeadCounts)),
    ];
    return Promise.resolve(async () => void (await Promise.all(stops.map((stop) => stop()))));
  },
};
