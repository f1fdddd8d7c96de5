import { ServerNats, type NatsOptions } from '@nestjs/microservices';
import type { Msg } from 'nats';
import { headerNames } from './call';

/**
 * Nest's NATS transport, which forgets a request whose deadline has passed as soon as it sees it (L2): a queue that piled
 * up while the process stood still costs nothing, and nobody is answered who has gone.
 */
export class RequestServer extends ServerNats {
  constructor(
    options: Required<NatsOptions>['options'],
    private readonly onExpired: (subject: string) => void,
  ) {
    super(options);
  }

  override async handleMessage(channel: string, message: Msg): Promise<unknown> {
    const deadline = Number(message.headers?.get(headerNames.deadline) ?? 0);
    if (deadline > 0 && Date.now() > deadline) {
      this.onExpired(channel);
      return undefined;
    }
    return super.handleMessage(channel, message) as Promise<unknown>;
  }
}
