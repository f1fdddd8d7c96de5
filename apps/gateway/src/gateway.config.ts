import { HostConfig } from '@shidang/service-host/gateway';
import { IsIn, IsInt, IsNumber, IsOptional, IsString, Matches, Max, Min, MinLength } from 'class-validator';

/** Environment of the HTTP door. A bad value does not start it. */
export class GatewayConfig extends HostConfig {
  @IsInt() @Min(0) @Max(65535) PORT!: number;
  /** Loopback unless told otherwise: whoever opens it to a network puts TLS in front. */
  @IsOptional() @IsString() HOST: string = '127.0.0.1';
  /** SPKI PEM, Ed25519: the gateway reads the caller identity has signed, it cannot sign one. */
  @IsString() @MinLength(1) IDENTITY_PUBLIC_KEY!: string;
  /** Key of the CSRF tokens, at least 32 characters. */
  @IsString() @MinLength(32) COOKIE_SECRET!: string;
  /** `1`: cookies travel over TLS only. `0` is for plain HTTP on one's own machine. */
  @IsOptional() @IsIn(['0', '1']) COOKIE_SECURE: string = '1';
  /** Addresses of reverse proxies whose X-Forwarded-For is believed, comma separated; none by default. */
  @IsOptional() @IsString() @Matches(/^[0-9a-fA-F.:/, ]+$/) TRUSTED_PROXIES?: string;

  // L1, per gateway process; what the numbers are for stands in ADR 0088
  /** Calls to services under way together, and of these reads, files and reports. Log-ins are counted apart. */
  @IsOptional() @IsInt() @Min(1) AT_ONCE: number = 32;
  @IsOptional() @IsInt() @Min(1) AT_ONCE_READ: number = 24;
  @IsOptional() @IsInt() @Min(1) AT_ONCE_BULK: number = 6;
  @IsOptional() @IsInt() @Min(1) AT_ONCE_LOG_IN: number = 48;
  /** Requests that wait for a place, and for how long. */
  @IsOptional() @IsInt() @Min(0) WAITING: number = 128;
  @IsOptional() @IsInt() @Min(1) WAITING_MS: number = 100;
  /** Token buckets: so many at once, so many a second for good. */
  @IsOptional() @IsInt() @Min(1) ACCOUNT_BURST: number = 1_200;
  @IsOptional() @IsNumber() @Min(0.01) ACCOUNT_PER_SECOND: number = 60;
  @IsOptional() @IsInt() @Min(1) PROVINCE_BURST: number = 20_000;
  @IsOptional() @IsNumber() @Min(0.01) PROVINCE_PER_SECOND: number = 2_000;
  /** Log-ins and activations from one address, which may be a whole office, and of one name from one address. */
  @IsOptional() @IsInt() @Min(1) ADDRESS_LOG_IN_BURST: number = 300;
  @IsOptional() @IsNumber() @Min(0.01) ADDRESS_LOG_INS_PER_SECOND: number = 10;
  @IsOptional() @IsInt() @Min(1) NAME_LOG_IN_BURST: number = 30;
  @IsOptional() @IsNumber() @Min(0.01) NAME_LOG_INS_PER_SECOND: number = 0.5;
  /** Open connections and event streams. */
  @IsOptional() @IsInt() @Min(1) MOST_SOCKETS: number = 8_000;
  @IsOptional() @IsInt() @Min(1) MOST_STREAMS: number = 2_000;
  /** A connection must have said its headers, and a JSON body must have arrived, within so long. */
  @IsOptional() @IsInt() @Min(100) HEADERS_MS: number = 10_000;
  @IsOptional() @IsInt() @Min(100) BODY_MS: number = 15_000;
}
