import { commonRefusals } from '@shidang/contracts';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { GatewayConfig } from '../gateway.config';
import { gatewayRefusals } from '../problem/gateway-refusals';

export const sessionCookie = 'shidang_session';
export const csrfCookie = 'shidang_csrf';
const csrfHeader = 'x-csrf-token';
/** Every answer of the API needs the session; the proof is read by pages. */
const sessionPath = '/api';
const csrfPath = '/';
const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

function cookieOf(request: FastifyRequest, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** What could be a token at all; the rest never reaches identity. */
function sound(token: string | undefined): string {
  if (!token || !/^[\w.~+/=-]{16,128}$/.test(token)) throw commonRefusals.unauthenticated({});
  return token;
}

/** How browsers (cookie + CSRF token) and programs (bearer) carry the session's token. */
@Injectable()
export class SessionCookie {
  constructor(private readonly config: GatewayConfig) {}

  /** The token of this request, or a refusal: none, or a cookie without the proof that our own page sent it. */
  tokenOf(request: FastifyRequest): string {
    const { authorization } = request.headers;
    const token = sound(this.claimedIn(request));
    if (authorization !== undefined) return token;
    if (!harmless.has(request.method) && !this.proves(request, token)) throw gatewayRefusals.csrf({});
    return token;
  }

  /** What it carries, unproven: enough to count by, not to believe. */
  claimedIn(request: FastifyRequest): string | undefined {
    const { authorization } = request.headers;
    return authorization === undefined ? cookieOf(request, sessionCookie) : /^Bearer +(.*)$/i.exec(authorization)?.[1];
  }

  /** Sets the session for scripts that cannot read it, and the proof for scripts of our own origin that can. */
  set(reply: FastifyReply, token: string, expiresAt: string): void {
    const seconds = Math.max(0, Math.floor((Date.parse(expiresAt) - Date.now()) / 1000));
    this.write(reply, token, this.csrfOf(token), seconds);
  }

  clear(reply: FastifyReply): void {
    this.write(reply, '', '', 0);
  }

  /** Bound to the session: a token planted for another session is worthless. */
  csrfOf(token: string): string {
    return createHmac('sha256', this.config.COOKIE_SECRET).update(token).digest('base64url');
  }

  private write(reply: FastifyReply, token: string, csrf: string, seconds: number): void {
    const rest = `Max-Age=${seconds}; SameSite=Strict${this.config.COOKIE_SECURE === '1' ? '; Secure' : ''}`;
    reply.header('set-cookie', [
      `${sessionCookie}=${token}; Path=${sessionPath}; ${rest}; HttpOnly`,
      `${csrfCookie}=${csrf}; Path=${csrfPath}; ${rest}`,
    ]);
  }

  private proves(request: FastifyRequest, token: string): boolean {
    const given = Buffer.from(String(request.headers[csrfHeader] ?? ''));
    const wanted = Buffer.from(this.csrfOf(token));
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }
}
