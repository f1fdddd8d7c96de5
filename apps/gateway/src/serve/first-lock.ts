import { allows } from '@shidang/access';
import { BusClient, type Call } from '@shidang/bus';
import { commonRefusals, identityRefusals, type RequestContract } from '@shidang/contracts';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { gatewayRefusals } from '../problem/gateway-refusals';
import { SessionCookie } from '../session/session-cookie';
import { Sessions, type Session } from '../session/sessions';
import type { Served } from './serves-metadata';
import { visitOf } from './visit';

/** Nobody waits longer than this to be told no. */
const traceMilliseconds = 2_000;

/** The first lock (A1): who is it, and may such a one ask this at all. */
@Injectable()
export class FirstLock {
  constructor(
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
    private readonly bus: BusClient,
  ) {}

  /** Throws the refusal; afterwards the visit has its session, unless the contract is public. */
  async open({ contract, terms }: Served, request: FastifyRequest): Promise<void> {
    const visit = visitOf(request);
    if (contract.permission === 'public') return;
    const session = await this.sessionOf(request, visit.call);
    if (session.mustChangePassword && !terms.whilePasswordExpired) throw identityRefusals.passwordMustChange({});
    if (!allows(session.caller, contract.permission)) {
      await this.leaveTrace(contract, { ...visit.call, token: session.callerToken });
      throw commonRefusals.forbidden({});
    }
    visit.session = session;
  }

  /** Whose it is, and that our own page sent it. What is believed of the post may be a second old: before a no it is asked anew. */
  private async sessionOf(request: FastifyRequest, call: Call): Promise<Session> {
    const token = this.cookie.tokenOf(request);
    const session = await this.sessions.resolve(token, call);
    if (this.cookie.proves(request, session)) return session;
    this.sessions.forget(token);
    const asked = await this.sessions.resolve(token, call);
    if (!this.cookie.proves(request, asked)) throw gatewayRefusals.csrf({});
    return asked;
  }

  /**
   * Refusals are audited (T1), and only a service can: its own lock refuses the same caller and writes it down. The
   * payload names a property no contract has, so that nothing could come of it even if that lock were broken.
   */
  private async leaveTrace(contract: RequestContract, call: Call): Promise<void> {
    const deadline = Math.min(call.deadline, Date.now() + traceMilliseconds);
    await this.bus.request(contract, { refusedAtTheDoor: true }, { ...call, deadline }).catch(() => undefined);
  }
}
