import { changePassword, listMyPermissions, listNotices, readMe } from '@shidang/contracts';
import { Controller, Get, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventStreams } from './events/event-streams';
import { Serves, type Ask } from './serve/serves';
import { callerOf, sessionOf, sessionTokenOf } from './serve/visit';
import { SessionCookie } from './session/session-cookie';
import { Sessions } from './session/sessions';

/** Notifications rings for every notice it gives; without a ring one asks this often. */
const restMilliseconds = 30_000;

@Controller('me')
export class MeController {
  constructor(
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
    private readonly streams: EventStreams,
  ) {}

  @Get()
  @Serves(readMe, { whilePasswordExpired: true })
  async read(ask: Ask<typeof readMe>, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const me = await ask();
    // whoever finds out who he is can write as that from now on, also after a switch at another tab
    const session = sessionOf(request);
    this.cookie.setProof(request, reply, session.caller.postId, session);
    return me;
  }

  @Get('permissions')
  @Serves(listMyPermissions, { whilePasswordExpired: true })
  permissions(ask: Ask<typeof listMyPermissions>) {
    return ask();
  }

  @Put('password')
  @Serves(changePassword, { fills: ['token'], whilePasswordExpired: true })
  async changePassword(ask: Ask<typeof changePassword>, @Req() request: FastifyRequest) {
    const token = sessionTokenOf(request);
    const changed = await ask({ token });
    this.sessions.forget(token);
    return changed;
  }

  /** `notices`: how many are unread and the newest of them. */
  @Get('events')
  @Serves(listNotices, { stream: true, fills: ['limit', 'unread', 'cursor'] })
  events(
    ask: Ask<typeof listNotices>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.streams.send(request, reply, {
      hints: [{ service: 'notifications', what: 'account', id: callerOf(request).accountId }],
      restMilliseconds,
      read: async () => {
        const { unreadCount, items } = await ask({ limit: 1, unread: 'true' });
        return { parts: [{ event: 'notices', data: { unreadCount, newest: items[0] } }] };
      },
    });
  }
}
