import { BusClient, faultWords, newTrace, withCall } from '@shidang/bus';
import { findEndedSessions, mostWatchedSessions } from '@shidang/contracts';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Sessions } from './sessions';

/** A6: a stream of somebody who has lost the right ends within 2 s, the question to identity included. */
const restMilliseconds = 850;
const askedMilliseconds = 1_000;

/** Looks after the sessions of all open streams of this gateway in one question, instead of one for each. */
@Injectable()
export class OpenSessions implements OnModuleDestroy {
  private readonly log = new Logger('OpenSessions');
  private readonly watched = new Map<string, Set<() => void>>();
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly bus: BusClient,
    private readonly sessions: Sessions,
  ) {}

  onModuleDestroy(): void {
    this.watched.clear();
    clearTimeout(this.timer);
  }

  /** Tells when the session is over. Returns the end of the watch. */
  watch(token: string, ended: () => void): () => void {
    const listeners = this.watched.get(token) ?? new Set();
    this.watched.set(token, listeners.add(ended));
    this.timer ??= this.later();
    return () => {
      listeners.delete(ended);
      if (listeners.size === 0 && this.watched.get(token) === listeners) this.watched.delete(token);
    };
  }

  private later = (): NodeJS.Timeout => setTimeout(() => void this.look(), restMilliseconds);

  private async look(): Promise<void> {
    const tokens = [...this.watched.keys()];
    const chunks = Array.from({ length: Math.ceil(tokens.length / mostWatchedSessions) }, (_, n) =>
      tokens.slice(n * mostWatchedSessions, (n + 1) * mostWatchedSessions),
    );
    await Promise.all(chunks.map((chunk) => this.end(chunk)));
    this.timer = this.watched.size > 0 ? this.later() : undefined;
  }

  private async end(tokens: string[]): Promise<void> {
    const call = { traceparent: newTrace(), deadline: Date.now() + askedMilliseconds };
    try {
      const { ended } = await withCall(call, () => this.bus.ask(findEndedSessions, { tokens }));
      for (const at of ended) {
        const token = tokens[at]!;
        this.sessions.forget(token);
        for (const listener of this.watched.get(token) ?? []) listener();
        this.watched.delete(token);
      }
    } catch (error) {
      // identity is away: nothing was taken from anybody meanwhile
      this.log.debug({ looking: faultWords(error).words });
    }
  }
}
