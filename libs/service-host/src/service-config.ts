import { plainToInstance } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, Min, validateSync } from 'class-validator';

/** Environment every process needs. Names are those of the variables. */
export class HostConfig {
  /** Loopback port of /live, /ready and /metrics. */
  @IsInt() @Min(0) @Max(65535) PORT_HEALTH!: number;
  @IsString() NATS_URL!: string;
  @IsString() NATS_USER!: string;
  @IsString() NATS_PASSWORD!: string;
  @IsOptional() @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'silent']) LOG_LEVEL: string = 'info';
}

/** Environment of a service with a database. */
export class ServiceConfig extends HostConfig {
  /** As the application role: not owner, not superuser. */
  @IsString() DATABASE_URL!: string;
  /** Key file as `createKeyFile` makes it, 0600. */
  @IsString() KEY_FILE!: string;
  /** File outside of PostgreSQL to which heads of the audit chain are appended: not on the database's own disk. */
  @IsString() AUDIT_HEADS_FILE!: string;
  /** Milliseconds between two looks of the audit's sealer; rows are sealed within 5 s (T2). */
  @IsOptional() @IsInt() @Min(20) @Max(4_000) AUDIT_SEAL_MS: number = 2_000;
  /** SPKI PEM, Ed25519: verifies who asks. */
  @IsString() IDENTITY_PUBLIC_KEY!: string;
  /** '1' only for a database that may lose what it acknowledged: a test's. */
  @IsOptional() @IsIn(['0', '1']) SHIDANG_THROW_AWAY_DATABASE: string = '0';
  /** Milliseconds the relay rests when there is nothing to tell. */
  @IsOptional() @IsInt() @Min(5) RELAY_IDLE_MS: number = 1_000;
}

/** Reads the environment or says every wrong name at once; a bad value never starts a service. */
export function readConfig<C extends object>(config: new () => C, env: NodeJS.ProcessEnv = process.env): C {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const instance = plainToInstance(config, given, { enableImplicitConversion: true, exposeDefaultValues: true });
  const errors = validateSync(instance, { whitelist: true });
  if (errors.length === 0) return instance;
  const lines = errors.map((e) => `  ${e.property}: ${Object.values(e.constraints ?? {}).join('; ')}`);
  throw new Error(`the environment is not complete:\n${lines.join('\n')}`);
}
