import { HostConfig } from '@shidang/service-host/gateway';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min, MinLength } from 'class-validator';

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
  /** Where another gateway takes over: how long connections are asked to leave before this one closes. At most 10. */
  @IsOptional() @IsInt() @Min(0) @Max(10) DRAIN_SECONDS: number = 0;
  /** Addresses of reverse proxies whose X-Forwarded-For is believed, comma separated; none by default. */
  @IsOptional() @IsString() @Matches(/^[0-9a-fA-F.:/, ]+$/) TRUSTED_PROXIES?: string;
}
