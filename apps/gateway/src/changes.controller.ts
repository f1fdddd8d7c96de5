import { listChangeRequests, readChangeRequest, requestChange } from '@shidang/contracts';
import { Controller, Get, Post } from '@nestjs/common';
import { Serves, type Ask } from './serve/serves';

@Controller('change-requests')
export class ChangesController {
  @Post()
  @Serves(requestChange, { created: ({ id }) => `/change-requests/${id}` })
  request(ask: Ask<typeof requestChange>) {
    return ask();
  }

  @Get()
  @Serves(listChangeRequests)
  list(ask: Ask<typeof listChangeRequests>) {
    return ask();
  }

  @Get(':changeRequestId')
  @Serves(readChangeRequest)
  read(ask: Ask<typeof readChangeRequest>) {
    return ask();
  }
}
