import { commonRefusals } from '@shidang/contracts';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { GatewayConfig } from '../gateway.config';
import type { Session } from './sessions';

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

type Proven = Pick<Session, 'token' | 'caller'>;

const isBearer = ({ headers }: FastifyRequest): boolean => headers.authorization !== undefined;

/** How browsers (cookie + CSRF token) and programs (bearer) carry the session's token. */
@Injectable()
export class SessionCookie {
  constructor(private readonly config: GatewayConfig) {}

  /** The token of this request; whether our own page sent it is `proves`' to say. */
  tokenOf(request: FastifyRequest): string {
    return sound(this.claimedIn(request));
  }

  /** A write that comes with the cookie proves that a page of ours sent it, which shows this session in this post. */
  proves(request: FastifyRequest, { token, caller }: Proven): boolean {
    if (isBearer(request) || harmless.has(request.method)) return true;
    const given = Buffer.from(String(request.headers[csrfHeader] ?? ''));
    const wanted = Buffer.from(this.csrfOf(token, caller.postId));
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }

  /** What it carries, unproven: enough to count by, not to believe. */
  claimedIn(request: FastifyRequest): string | undefined {
    const { authorization } = request.headers;
    return authorization === undefined ? cookieOf(request, sessionCookie) : /^Bearer +(.*)$/i.exec(authorization)?.[1];
  }

  /** Sets the session for scripts that cannot read it, and the proof for scripts of our own origin that can. */
  set(reply: FastifyReply, token: string, postId: string, expiresAt: string): void {
    const rest = this.lasting(expiresAt);
    reply.header('set-cookie', [
      `${sessionCookie}=${token}; Path=${sessionPath}; ${rest}; HttpOnly`,
      `${csrfCookie}=${this.csrfOf(token, postId)}; Path=${csrfPath}; ${rest}`,
    ]);
  }

  /** The proof alone, for a browser whose session is there already. */
  setProof(request: FastifyRequest, reply: FastifyReply, postId: string, { token, expiresAt }: Session): void {
    if (isBearer(request)) return;
    reply.header(
      'set-cookie',
      `${csrfCookie}=${this.csrfOf(token, postId)}; Path=${csrfPath}; ${this.lasting(expiresAt)}`,
    );
  }

  clear(reply: FastifyReply): void {
    const rest = this.lasting();
    reply.header('set-cookie', [
      `${sessionCookie}=; Path=${sessionPath}; ${rest}; HttpOnly`,
      `${csrfCookie}=; Path=${csrfPath}; ${rest}`,
    ]);
  }

  /** Bound to the session and the post it acts in: planted for another session, or kept from another post, it is worthless (ADR 0125). */
  csrfOf(token: string, postId: string): string {
    return createHmac('sha256', this.config.COOKIE_SECRET).update(`${token} ${postId}`).digest('base64url');
  }

  private lasting(expiresAt?: string): string {
    const seconds = expiresAt ? Math.max(0, Math.floor((Date.parse(expiresAt) - Date.now()) / 1000)) : 0;
    return `Max-Age=${seconds}; SameSite=Strict${this.config.COOKIE_SECURE === '1' ? '; Secure' : ''}`;
  }
}
