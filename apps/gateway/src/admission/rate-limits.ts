import type { Caller } from '@shidang/access';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';
import { GatewayConfig } from '../gateway.config';
import { gatewayRefusals } from '../problem/gateway-refusals';
import { Refusals } from './refusals';
import { TokenBuckets, type Poured, type Quota } from './token-bucket';

/** RFC 9651 list of draft-ietf-httpapi-ratelimit-headers-10: so many (`q`) within a window of so many seconds (`w`). */
const policyOf = (name: string, { burst, perSecond }: Quota): string =>
  `"${name}";q=${burst};w=${Math.ceil(burst / perSecond)}`;

/** `0.33.` of `0.33.3311.…`; the centre is one of its own. */
const provinceOf = (orgPath: string): string => orgPath.split('.').slice(0, 2).join('.');

/** Coming back at one moment is what a spread avoids. */
const spreadSeconds = 3;

/** Token buckets (L1): who asks more than a person or an office does is told to wait, and how long. */
@Injectable()
export class RateLimits {
  private readonly accounts: TokenBuckets;
  private readonly provinces: TokenBuckets;
  private readonly addresses: TokenBuckets;
  private readonly names: TokenBuckets;

  constructor(
    config: GatewayConfig,
    private readonly refusals: Refusals,
  ) {
    this.accounts = new TokenBuckets({ burst: config.ACCOUNT_BURST, perSecond: config.ACCOUNT_PER_SECOND });
    this.provinces = new TokenBuckets({ burst: config.PROVINCE_BURST, perSecond: config.PROVINCE_PER_SECOND });
    this.addresses = new TokenBuckets({
      burst: config.ADDRESS_LOG_IN_BURST,
      perSecond: config.ADDRESS_LOG_INS_PER_SECOND,
    });
    this.names = new TokenBuckets({ burst: config.NAME_LOG_IN_BURST, perSecond: config.NAME_LOG_INS_PER_SECOND });
  }

  /** One request of somebody who is known. */
  countRequest({ accountId, orgPath }: Caller, lane: string, reply: FastifyReply): void {
    const account = this.accounts.take(accountId);
    this.tell(reply, 'account', this.accounts.quota, account);
    this.pass(account, lane, 'account');
    this.pass(this.provinces.take(provinceOf(orgPath)), lane, 'province');
  }

  /** A log-in or activation from an address: a whole office may stand behind it. */
  countStranger(address: string, lane: string, reply: FastifyReply): void {
    const poured = this.addresses.take(address);
    this.tell(reply, 'address', this.addresses.quota, poured);
    this.pass(poured, lane, 'address');
  }

  /** Guesses at one name. By address: nobody can use it up for somebody who sits elsewhere. What is no text is no name. */
  countGuess(address: string, typed: unknown, lane: string): void {
    const name = createHash('sha256')
      .update(typeof typed === 'string' ? typed : '')
      .digest('base64url');
    this.pass(this.names.take(`${address} ${name}`), lane, 'name');
  }

  private tell(reply: FastifyReply, name: string, quota: Quota, { left, full }: Poured): void {
    reply.header('ratelimit-policy', policyOf(name, quota)).header('ratelimit', `"${name}";r=${left};t=${full}`);
  }

  private pass({ allowed, next }: Poured, lane: string, reason: string): void {
    if (allowed) return;
    this.refusals.count(lane, reason);
    throw gatewayRefusals.tooManyRequests({ retryAfter: next + Math.floor(Math.random() * spreadSeconds) });
  }
}
