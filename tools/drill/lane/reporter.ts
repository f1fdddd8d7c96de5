import type { Random } from '@shidang/seed';
import type { Asked, Client, Known } from '../client/client';
import type { Lane } from './lane';

interface Report {
  readonly id: string;
  readonly etag: string;
  readonly stage: string;
}

type Verb = 'submission' | 'return' | 'acceptance' | 'restatements';
const contracts: Readonly<Record<Verb, string>> = {
  submission: 'reporting.monthly-report.submit',
  return: 'reporting.monthly-report.return',
  acceptance: 'reporting.monthly-report.accept',
  restatements: 'reporting.monthly-report.restate',
};

/** Months go backwards from the last one over, so that every run has enough of them. */
function monthBefore(today: string, n: number): string {
  const months = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 2 - n;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

const cells = (wish: Random) => ({
  workGroup: false,
  workPlan: false,
  trainingSessions: wish.between(0, 20),
  authorityStaffTrained: wish.between(0, 50),
  schoolStaffTrained: wish.between(0, 500),
  schoolsCovered: 0,
  filledBy: '填表人',
  reviewedBy: '审核人',
});

/** 月报表 of a county, month after month: opened, filled, submitted; the city returns or accepts; some are restated. */
export function reporter(county: Client, city: Client, code: string, today: string): Lane {
  let month = 0;
  let report: Report | undefined;

  const write = async (client: Client, op: string, asked: Asked): Promise<Known> => {
    const known = await client.write(op, asked);
    const { id, etag, stage } = known.body as unknown as Report;
    report = known.outcome === 'ok' && id ? { id, etag, stage } : undefined;
    return known;
  };
  const move = (client: Client, op: string, verb: Verb, body: object = {}) =>
    write(client, op, {
      contract: contracts[verb],
      method: 'POST',
      path: `/monthly-reports/${report!.id}/${verb}`,
      body,
      ifMatch: report!.etag,
      intent: { reportId: report!.id, seen: report!.etag },
      made: (answer) => ({ reportId: String(answer['id']), number: Number(answer['number']) }),
    });

  /** Opening is refused for a month an unanswered step has opened: the next one then. */
  const open = (op: string) =>
    write(county, op, {
      contract: 'reporting.monthly-report.open',
      method: 'POST',
      path: '/monthly-reports',
      body: { month: monthBefore(today, month) },
      intent: { code, month: monthBefore(today, month++) },
      made: (answer) => ({ reportId: String(answer['id']) }),
    });

  const fill = (op: string, wish: Random) =>
    write(county, op, {
      contract: 'reporting.monthly-report.update',
      method: 'PATCH',
      path: `/monthly-reports/${report!.id}`,
      body: { cells: cells(wish) },
      ifMatch: report!.etag,
      intent: { reportId: report!.id, seen: report!.etag },
      made: (answer) => ({ reportId: String(answer['id']) }),
    });

  return {
    name: `reporter-${code}`,
    async step(wish, op) {
      const [accept, restate] = [wish.chance(0.75), wish.chance(0.4)];
      if (!report) await open(`${op}a`);
      if (!report) return;
      if (report.stage !== 'submitted' && report.stage !== 'accepted') await fill(`${op}b`, wish);
      if (report && report.stage !== 'submitted' && report.stage !== 'accepted')
        await move(county, `${op}c`, 'submission');
      if (report?.stage === 'submitted')
        await (accept
          ? move(city, `${op}d`, 'acceptance')
          : move(city, `${op}d`, 'return', { reason: '请核对培训人次' }));
      if (report?.stage !== 'accepted') return;
      if (restate) await move(county, `${op}e`, 'restatements', { reason: '漏报一次培训' });
      else report = undefined;
    },
  };
}
