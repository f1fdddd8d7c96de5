import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { mostJsonBytes } from '../body/strict-json';
import { GatewayConfig } from '../gateway.config';
import { refuseUnparsed } from '../problem/unparsed-request';
import { Admission } from './admission';
import { Refusals } from './refusals';

/** JSON being received, together: 64 bodies of the largest size. */
const mostBytes = 64 * mostJsonBytes;

/** JSON on its way in is bounded in memory and in time (L1, slow connections). Files have their own bounds (ADR 0053). */
@Injectable()
export class Bodies {
  private announced = 0;

  constructor(
    private readonly config: GatewayConfig,
    private readonly admission: Admission,
    private readonly refusals: Refusals,
  ) {}

  /** Answered before its body was there (503, 415, 404): the rest is waited for no longer than a body may take. */
  letGo(request: IncomingMessage, response: ServerResponse): void {
    response.once('finish', () => {
      if (request.complete) return;
      const late = setTimeout(() => request.socket.destroy(), this.config.BODY_MS).unref();
      request.once('close', () => clearTimeout(late));
    });
  }

  /** Takes the room a body announces, or the most it may need; given back when the request is over. */
  expect(lane: string, request: FastifyRequest, reply: FastifyReply): void {
    const { headers } = request;
    const length = headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : mostJsonBytes;
    if (length === 0 || length > mostJsonBytes || request.isMultipart()) return;
    if (this.announced + length > mostBytes) throw this.admission.refused(lane, 'bodies');
    this.announced += length;
    const late = setTimeout(() => {
      this.refusals.count(lane, 'slow');
      refuseUnparsed(Object.assign(new Error('slow'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), request.socket);
    }, this.config.BODY_MS);
    request.raw.once('end', () => clearTimeout(late));
    reply.raw.once('close', () => {
      clearTimeout(late);
      this.announced -= length;
    });
  }
}
