import type { Caller } from '@shidang/access';
import { BusClient, CallerVerifier, Fault, withCall, type Call } from '@shidang/bus';
import { Refusal, resolveSession } from '@shidang/contracts';
import { Injectable } from '@nestjs/common';

/** A token, resolved: who it is now, and what services believe. */
export interface Session {
  readonly token: string;
  readonly caller: Caller;
  /** Signed by identity, lives 12 s. */
  readonly callerToken: string;
  readonly mustChangePassword: boolean;
  /** Absolute end. */
  readonly expiresAt: string;
}

/** A6: an answer of identity is believed for so long; revocation reaches every request within 2 s. */
export const believedMilliseconds = 1_000;
const mostSessions = 10_000;

interface Believed {
  readonly until: number;
  readonly session: Promise<Session>;
  caller?: Caller;
}

/** Asks identity who a token is, at most once a second for each, and once for requests that come together. */
@Injectable()
export class Sessions {
  private readonly believed = new Map<string, Believed>();

  constructor(
    private readonly bus: BusClient,
    private readonly verifier: CallerVerifier,
  ) {}

  /** `passive`: for an open stream, which does not keep its session from becoming idle. */
  resolve(token: string, call: Call, passive = false): Promise<Session> {
    const now = Date.now();
    const known = this.believed.get(token);
    if (known && known.until > now) return known.session;
    const session = this.ask(token, call, passive);
    this.believed.delete(token);
    // counted from the question, not from the answer: what was true before it was asked is not believed longer
    const believed: Believed = { until: now + believedMilliseconds, session, caller: known?.caller };
    this.believed.set(token, believed);
    this.makeRoom();
    session.then(
      ({ caller }) => (believed.caller = caller),
      () => (believed.caller = undefined),
    );
    session.catch((error: unknown) => {
      const said = error instanceof Refusal && error.body.kind !== 'unavailable';
      if (!said && this.believed.get(token)?.session === session) this.believed.delete(token);
    });
    return session;
  }

  /** Who it was when last asked: to count by, never to believe. */
  lastKnown = (token: string): Caller | undefined => this.believed.get(token)?.caller;

  /** The session ended or changed here: the next request asks again. */
  forget(token: string): void {
    this.believed.delete(token);
  }

  private async ask(token: string, { traceparent, deadline }: Call, passive: boolean): Promise<Session> {
    const { callerToken, mustChangePassword, sessionExpiresAt } = await withCall({ traceparent, deadline }, () =>
      this.bus.ask(resolveSession, { token, ...(passive && { passive }) }),
    );
    const caller = await this.verifier.verify(callerToken);
    if (!caller) throw new Fault('identity signed a caller that IDENTITY_PUBLIC_KEY does not verify');
    return { token, caller, callerToken, mustChangePassword, expiresAt: sessionExpiresAt };
  }

  private makeRoom(): void {
    const oldest = this.believed.keys();
    while (this.believed.size > mostSessions) this.believed.delete(oldest.next().value as string);
  }
}
