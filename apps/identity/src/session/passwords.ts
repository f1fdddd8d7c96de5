import { currentCall } from '@shidang/bus';
import { commonRefusals } from '@shidang/contracts';
import { Metrics } from '@shidang/service-host';
import { Injectable } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import { IdentityConfig } from '../identity.config';
import { CoreShare } from './core-share';
import { hashPassword, passwordFits } from './password-hash';

/**
 * The only way to a password hash while requests are answered: log-in, activation and change of password share one part
 * of a core (L1), and what nobody waits for any more is not hashed.
 */
@Injectable()
export class Passwords {
  private readonly core: CoreShare;
  private readonly seconds: Counter;

  constructor(config: IdentityConfig, metrics: Metrics) {
    const core = (this.core = new CoreShare(config.PASSWORD_CORE_PERCENT / 100));
    this.seconds = new Counter({
      name: 'shidang_password_seconds_total',
      help: 'Time spent on hashing passwords',
      registers: [metrics.registry],
    });
    new Gauge({
      name: 'shidang_log_in_waiting',
      help: 'Log-ins, activations and changes of password waiting for their turn to hash',
      registers: [metrics.registry],
      collect() {
        this.set(core.waiting);
      },
    });
  }

  /** Takes the same time without a hash: nobody learns from a clock whether the account exists. */
  fits(passwordHash: string | undefined | null, password: string): Promise<boolean> {
    return this.timed(() => passwordFits(passwordHash, password));
  }

  hash(password: string): Promise<string> {
    return this.timed(() => hashPassword(password));
  }

  private timed<T>(work: () => Promise<T>): Promise<T> {
    const deadline = currentCall()?.deadline ?? Infinity;
    return this.core.run(async () => {
      if (Date.now() > deadline) throw commonRefusals.expired({});
      const began = performance.now();
      try {
        return await work();
      } finally {
        this.seconds.inc((performance.now() - began) / 1000);
      }
    });
  }
}
