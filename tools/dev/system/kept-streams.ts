import type { ServiceName } from '@shidang/contracts';
import { connectAs, ensureStreams, refill, removeStreams } from '@shidang/streams';
import { inDatabase } from '../provide/roles';
import { Missing, until } from '../workspace';

const patienceSeconds = 120;

/** Streams and durables of a running NATS. They are a cache: what was lost with a server is sent again from the outboxes (ADR 0091). */
export class KeptStreams {
  private made = false;
  private owed = false;

  constructor(
    private readonly natsUrl: () => string,
    private readonly operatorPassword: string,
    private readonly adminUrl: () => string,
    private readonly say: (line: string) => void,
  ) {}

  /** At the start of a system. `refill` follows when the databases are there. */
  async make(fresh: boolean): Promise<void> {
    const operator = await connectAs('operator', this.natsUrl(), this.operatorPassword).catch((failure: Error) => {
      throw new Missing(
        `NATS at ${this.natsUrl()} does not let "operator" in (${failure.message}). A server given by NATS_URL must include ` +
          'deploy/nats/permissions.conf; pass the same NATS_PASSWORD_<USER> variables to npm start.',
      );
    });
    try {
      if (fresh) await removeStreams(operator);
      if ((await ensureStreams(operator)).length > 0) this.owed = true;
    } finally {
      await operator.close();
    }
  }

  /** Once after each time something had to be made, however often it takes. */
  async refill(): Promise<void> {
    this.made = true;
    if (!this.owed) return;
    const marked = await refill({
      adminUrlOf: (service: ServiceName) => inDatabase(this.adminUrl(), `shidang_${service}`),
    });
    this.owed = false;
    if (marked > 0) this.say(`NATS had lost streams: made anew, ${marked} facts are sent again`);
  }

  /** When the server came back: waits for PostgreSQL if need be. */
  async mend(): Promise<void> {
    if (!this.made) return;
    await until('streams', patienceSeconds, async () => {
      await this.make(false);
      await this.refill();
      return true as const;
    });
  }
}
