import { Fault } from '@shidang/bus';
import { commonRefusals, Refusal, type Finding } from '@shidang/contracts';
import { HttpException } from '@nestjs/common';
import { gatewayRefusals } from './gateway-refusals';
import type { Language } from './language';
import { fault, statusOf } from './status';

/** RFC 9457, with a stable code, the trace and what is wrong where. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  traceId: string;
  errors?: Omit<Finding, 'detailEn'>[];
}

/** What the framework throws before a route is reached; undefined = a fault. */
function refusalOf(status: number): Refusal | undefined {
  if (status === 404 || status === 405) return commonRefusals.notFound({});
  if (status === 413) return gatewayRefusals.bodyTooLarge({ limit: '1 MB' });
  if (status === 415) return gatewayRefusals.mediaType({ wanted: 'application/json' });
  if (status === 503) return commonRefusals.unavailable({});
  if (status >= 400 && status < 500) return commonRefusals.malformed({ fields: 'HTTP' });
  return undefined;
}

/** The refusal in what was thrown; undefined = a fault, of which nothing is told. */
export function refusalIn(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof Fault) return undefined;
  if (error instanceof HttpException) return refusalOf(error.getStatus());
  if (error instanceof Error && 'statusCode' in error) return refusalOf(Number(error.statusCode));
  return undefined;
}

const typeOf = (code: string): string => `/docs/refusals#${code}`;

const findingIn = (language: Language, { detailEn, ...finding }: Finding): Omit<Finding, 'detailEn'> => ({
  ...finding,
  detail: language === 'en' ? (detailEn ?? finding.detail) : finding.detail,
});

export function problemOf(error: unknown, language: Language, instance: string, traceId: string): Problem {
  const refusal = refusalIn(error);
  if (!refusal) {
    const { code, status } = fault;
    return {
      type: typeOf(code),
      title: fault[language],
      status,
      detail: fault.detail[language],
      instance,
      code,
      traceId,
    };
  }
  const { code, kind, errors } = refusal.body;
  return {
    type: typeOf(code),
    title: statusOf[kind][language],
    status: statusOf[kind].status,
    detail: refusal.body[language],
    instance,
    code,
    traceId,
    ...(errors?.length ? { errors: errors.map((finding) => findingIn(language, finding)) } : {}),
  };
}

/** Seconds until a retry makes sense: what the refusal knows, else a spread so that clients do not return together. */
export function retryAfter(error: unknown, random: () => number = Math.random): number | undefined {
  const refusal = refusalIn(error);
  if (!refusal) return undefined;
  const { kind, facts } = refusal.body;
  if (kind !== 'unavailable' && kind !== 'too_many') return undefined;
  const told = Number(facts['retryAfter']);
  if (Number.isFinite(told) && told > 0) return Math.ceil(told);
  return kind === 'too_many' ? 30 + Math.floor(random() * 30) : 1 + Math.floor(random() * 3);
}
