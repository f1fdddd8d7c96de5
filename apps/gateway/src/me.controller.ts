import { changePassword, listMyPermissions, readMe } from '@shidang/contracts';
import { Controller, Get, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Serves, type Ask } from './serve/serves';
import { sessionTokenOf } from './serve/visit';
import { Sessions } from './session/sessions';

@Controller('me')
export class MeController {
  constructor(private readonly sessions: Sessions) {}

  @Get()
  @Serves(readMe, { whilePasswordExpired: true })
  read(ask: Ask<typeof readMe>) {
    return ask();
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
}
