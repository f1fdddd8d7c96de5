import type { LoggerService } from '@nestjs/common';
import pino, { type Logger } from 'pino';
import { currentCall, traceIdOf } from '@shidang/bus';

/** Names under which personal data could reach a log line; logs hold ids only (D3). */
const redacted = [
  'name',
  'password',
  'token',
  'document',
  'idNo',
  'number',
  'mobile',
  'phone',
  'address',
  'email',
  'values',
  'authorization',
  'cookie',
].flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

export function serviceLogger(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redacted, censor: '[redacted]' },
    mixin: () => {
      const call = currentCall();
      return call ? { traceId: traceIdOf(call.traceparent) } : {};
    },
  });
}

/** Nest's logger over pino: one JSON line each, the context as `at`. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}
  log = (message: unknown, ...rest: unknown[]) => this.write('info', message, rest);
  error = (message: unknown, ...rest: unknown[]) => this.write('error', message, rest);
  warn = (message: unknown, ...rest: unknown[]) => this.write('warn', message, rest);
  debug = (message: unknown, ...rest: unknown[]) => this.write('debug', message, rest);
  verbose = (message: unknown, ...rest: unknown[]) => this.write('trace', message, rest);
  fatal = (message: unknown, ...rest: unknown[]) => this.write('fatal', message, rest);

  private write(
    level: 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal',
    message: unknown,
    rest: unknown[],
  ): void {
    const at = rest.at(-1);
    const fields = typeof message === 'object' && message !== null ? message : { msg: String(message) };
    this.logger[level]({ ...fields, ...(typeof at === 'string' ? { at } : {}) });
  }
}
