import { isOver, readReviewJob } from '@shidang/contracts';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventStreams } from './events/event-streams';
import { Serves, type Ask } from './serve/serves';

@Controller()
export class JobsController {
  constructor(private readonly streams: EventStreams) {}

  @Get('jobs/:jobId')
  @Serves(readReviewJob)
  read(ask: Ask<typeof readReviewJob>) {
    return ask();
  }

  @Get('jobs/:jobId/events')
  @Serves(readReviewJob, { stream: true })
  events(
    ask: Ask<typeof readReviewJob>,
    @Req() request: FastifyRequest<{ Params: { jobId: string } }>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { jobId: id } = request.params;
    return this.streams.send(request, reply, {
      hints: [{ service: 'review', what: 'job', id }],
      read: async () => {
        const job = await ask();
        return { parts: [{ event: 'job', data: job }], last: isOver(job.state) };
      },
    });
  }
}
