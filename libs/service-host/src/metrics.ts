import type { Intake } from '@shidang/bus';
import { shared } from './within';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Jobs in one state; states without any are told too, as 0. */
export interface JobsNow {
  readonly kind: string;
  readonly state: string;
  readonly count: number;
  /** Seconds since the oldest that is due was let go of, or was never taken up. */
  readonly unattended: number;
}

/** Lag of the loop is read off by how late a timer is that wakes the process so often; the least it shows. */
const lagMilliseconds = 50;

/** Prometheus metrics of one process. Labels are names of contracts and results, never ids. */
export class Metrics {
  readonly registry = new Registry();
  readonly calls = new Histogram({
    name: 'shidang_call_seconds',
    help: 'Time to answer a contract, by contract and result (done, a refusal code, fault)',
    labelNames: ['contract', 'result'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 6],
    registers: [this.registry],
  });
  readonly buried = new Counter({
    name: 'shidang_dead_letters_total',
    help: 'Messages set aside after their last try, by durable',
    labelNames: ['durable'] as const,
    registers: [this.registry],
  });
  readonly told = new Counter({
    name: 'shidang_facts_told_total',
    help: 'Facts carried from the outbox to JetStream',
    registers: [this.registry],
  });
  readonly expired = new Counter({
    name: 'shidang_expired_total',
    help: 'Requests dropped because nobody waited for them any more, by contract',
    labelNames: ['contract'] as const,
    registers: [this.registry],
  });
  readonly ready = new Gauge({
    name: 'shidang_ready',
    help: '1 while the process answers',
    registers: [this.registry],
  });

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: lagMilliseconds });
  }

  /** Seconds since something of a service's own happened. Asked when somebody looks. */
  showAge(name: string, help: string, look: () => Promise<number | undefined>): void {
    const now = shared(look);
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        const age = await now();
        this.remove();
        if (age !== undefined) this.set(age);
      },
    });
  }

  /** Jobs under way (imports, batches), by state, and how long one has waited that nobody works on. Asked when somebody looks. */
  showJobs(look: () => Promise<readonly JobsNow[]>): void {
    const now = shared(look);
    const of = (name: string, help: string, read: (jobs: JobsNow) => number) =>
      new Gauge({
        name,
        help,
        labelNames: ['kind', 'state'] as const,
        registers: [this.registry],
        async collect() {
          for (const jobs of (await now()) ?? []) this.set({ kind: jobs.kind, state: jobs.state }, read(jobs));
        },
      });
    of('shidang_jobs', 'Jobs under way, by kind and state', ({ count }) => count);
    of(
      'shidang_job_unattended_seconds',
      'How long a job that is due has had no worker, by kind and state',
      ({ unattended }) => unattended,
    );
  }

  /** Handlers of a service, as they stand when somebody looks. */
  showIntake(intake: Intake): void {
    const of = (name: string, help: string, read: 'waiting' | 'inside') =>
      new Gauge({
        name,
        help,
        labelNames: ['lane'] as const,
        registers: [this.registry],
        collect() {
          for (const place of intake.now()) this.set({ lane: place.lane }, place[read]);
        },
      });
    of('shidang_handlers_waiting', 'Requests waiting for their handler to begin, by lane', 'waiting');
    of('shidang_handlers_running', 'Handlers running, by lane', 'inside');
  }
}
