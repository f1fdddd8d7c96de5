import { isStill, jobReaders } from '@shidang/contracts';
import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EventStreams } from './events/event-streams';
import { Serves, type Ask } from './serve/serves';

const { 'review-batch': readBatch, ...others } = jobReaders;
const alsoBy = Object.values(others);
const services = Object.values(jobReaders).map(({ service }) => service);

@Controller()
export class JobsController {
  constructor(private readonly streams: EventStreams) {}

  @Get('jobs/:jobId')
  @Serves(readBatch, { alsoBy })
  read(ask: Ask<typeof readBatch>) {
    return ask();
  }

  @Get('jobs/:jobId/events')
  @Serves(readBatch, { alsoBy, stream: true })
  events(
    ask: Ask<typeof readBatch>,
    @Req() request: FastifyRequest<{ Params: { jobId: string } }>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { jobId: id } = request.params;
    return this.streams.send(request, reply, {
      hints: services.map((service) => ({ service, what: 'job', id })),
      read: async () => {
        const job = await ask();
        return { parts: [{ event: 'job', data: job }], last: isStill(job.state) };
      },
    });
  }
}
