import { createSession, endSession, previewActivation, redeemActivation, switchPost } from '@shidang/contracts';
import { Controller, Delete, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimits } from './admission/rate-limits';
import { Serves, type Ask } from './serve/serves';
import { sessionOf, sessionTokenOf } from './serve/visit';
import { SessionCookie } from './session/session-cookie';
import { Sessions } from './session/sessions';

@Controller()
export class SessionsController {
  constructor(
    private readonly cookie: SessionCookie,
    private readonly sessions: Sessions,
    private readonly limits: RateLimits,
  ) {}

  @Post('sessions')
  @Serves(createSession, { created: () => '/sessions/current' })
  async begin(
    ask: Ask<typeof createSession>,
    @Req() request: FastifyRequest<{ Body: { loginName?: unknown } | undefined }>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    this.limits.countGuess(request.ip, request.body?.loginName, createSession.lane);
    const session = await ask();
    const post = session.account.posts.find(({ current }) => current)!;
    this.cookie.set(reply, session.token, post.id, session.expiresAt);
    return session;
  }

  @Delete('sessions/current')
  @Serves(endSession, { fills: ['token'], whilePasswordExpired: true })
  async end(
    ask: Ask<typeof endSession>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const token = sessionTokenOf(request);
    const ended = await ask({ token });
    this.sessions.forget(token);
    this.cookie.clear(reply);
    return ended;
  }

  @Put('sessions/current/post')
  @Serves(switchPost, { fills: ['token'] })
  async act(
    ask: Ask<typeof switchPost>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const session = sessionOf(request);
    const switched = await ask({ token: session.token });
    this.sessions.forget(session.token);
    this.cookie.setProof(request, reply, switched.post.id, session);
    return switched;
  }

  @Post('activations/preview')
  @Serves(previewActivation)
  previewActivation(ask: Ask<typeof previewActivation>) {
    return ask();
  }

  @Post('activations')
  @Serves(redeemActivation, { created: () => '/sessions' })
  activate(ask: Ask<typeof redeemActivation>) {
    return ask();
  }
}
