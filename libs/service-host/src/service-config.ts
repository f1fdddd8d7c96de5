import type { NatsAccess } from '@shidang/bus';
import { plainToInstance } from 'class-transformer';
import {
  getMetadataStorage,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  validateSync,
  ValidationTypes,
} from 'class-validator';
import type { Tracing } from '@shidang/tracing';
import { readFileSync } from 'node:fs';

/** Environment every process needs. Names are those of the variables. */
export class HostConfig {
  /** Port of /live, /ready and /metrics. */
  @IsInt() @Min(0) @Max(65535) PORT_HEALTH!: number;
  /** Loopback unless told otherwise: in a container whoever probes comes from outside. */
  @IsOptional() @IsString() HEALTH_HOST: string = '127.0.0.1';
  @IsString() NATS_URL!: string;
  @IsString() NATS_USER!: string;
  @IsString() NATS_PASSWORD!: string;
  /** Certificate of the authority that signed NATS's: given, nothing is spoken in plain text. */
  @IsOptional() @IsString() NATS_CA_FILE?: string;
  @IsOptional() @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'silent']) LOG_LEVEL: string = 'info';
  /** OTLP/HTTP collector of traces, `http://host:4318`; none: nothing is recorded. */
  @IsOptional() @Matches(/^https?:\/\/\S+$/) OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  /** Share of the traces that begin here and are recorded, 0 to 1; who goes on with a trace keeps what was decided (parent-based). */
  @IsOptional() @IsNumber() @Min(0) @Max(1) OTEL_TRACES_SAMPLER_ARG: number = 1;
}

export const accessOf = (config: HostConfig): NatsAccess => ({
  url: config.NATS_URL,
  user: config.NATS_USER,
  password: config.NATS_PASSWORD,
  caFile: config.NATS_CA_FILE,
});

export const tracingOf = (service: string, config: HostConfig): Tracing => ({
  service,
  endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
  ratio: config.OTEL_TRACES_SAMPLER_ARG,
});

/** Environment of a service with a database. */
export class ServiceConfig extends HostConfig {
  /** As the application role: not owner, not superuser. */
  @IsString() DATABASE_URL!: string;
  /** Certificate of the authority that signed PostgreSQL's: given, the server must show one for its name, and TLS is spoken. */
  @IsOptional() @IsString() DATABASE_CA_FILE?: string;
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
  /** Handlers at once (L1), of these reads, files and reports; how many may wait. The pool has ten connections. */
  @IsOptional() @IsInt() @Min(1) HANDLERS: number = 12;
  @IsOptional() @IsInt() @Min(1) HANDLERS_READ: number = 10;
  @IsOptional() @IsInt() @Min(1) HANDLERS_BULK: number = 3;
  @IsOptional() @IsInt() @Min(1) HANDLERS_WAITING: number = 256;
}

/** Secrets lie in files (`ps` and crash reports show an environment): for every `NAME` its content may be given as `NAME_FILE`. */
export function withFiles(names: readonly string[], env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  for (const name of names) {
    const file = given[`${name}_FILE`];
    if (file && given[name] === undefined) given[name] = readFileSync(file, 'utf8').trimEnd();
  }
  return given;
}

/** The variables a class declares, in their order. */
export function variablesOf(config: new () => object): { name: string; optional: boolean }[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(config, '', false, false);
  const optional = new Set(
    rules.filter(({ type }) => type === ValidationTypes.CONDITIONAL_VALIDATION).map(({ propertyName }) => propertyName),
  );
  const names = [...new Set(rules.map(({ propertyName }) => propertyName))];
  return names.map((name) => ({ name, optional: optional.has(name) }));
}

/** Reads the environment or says every wrong name at once; a bad value never starts a service. */
export function readConfig<C extends object>(config: new () => C, env: NodeJS.ProcessEnv = process.env): C {
  const names = variablesOf(config).map(({ name }) => name);
  const instance = plainToInstance(config, withFiles(names, env), {
    enableImplicitConversion: true,
    exposeDefaultValues: true,
  });
  const errors = validateSync(instance, { whitelist: true });
  if (errors.length === 0) return instance;
  const lines = errors.map((e) => `  ${e.property}: ${Object.values(e.constraints ?? {}).join('; ')}`);
  throw new Error(`the environment is not complete:\n${lines.join('\n')}`);
}
