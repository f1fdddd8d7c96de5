import type { Finding } from './finding';

/** How a refusal is meant; the gateway maps it to one HTTP status and nothing else does. */
export type RefusalKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'stale'
  | 'too_large'
  | 'unsupported'
  | 'invalid'
  | 'precondition'
  | 'too_many'
  | 'unavailable';

/** A refusal crosses NATS as this plain object and becomes problem+json at the gateway. */
export interface RefusalBody {
  code: string;
  kind: RefusalKind;
  zh: string;
  en: string;
  facts: Record<string, unknown>;
  errors?: Finding[];
}

/** Of V8, and so of Node and Chromium; elsewhere an ordinary property that nobody reads. */
const v8Error = Error as ErrorConstructor & { stackTraceLimit?: number };

/** A "no" with a stable code. Not a fault: never retried, never logged as an error, and without a stack, which nobody reads and which is most of its price. */
export class Refusal extends Error {
  readonly body: RefusalBody;

  constructor(body: RefusalBody, options?: ErrorOptions) {
    const { stackTraceLimit } = v8Error;
    v8Error.stackTraceLimit = 0;
    super(`${body.code}: ${body.en}`, options);
    v8Error.stackTraceLimit = stackTraceLimit;
    this.name = 'Refusal';
    this.body = body;
  }

  /** The same refusal with the findings that explain it (cells, fields). */
  with(errors: Finding[]): Refusal {
    return new Refusal({ ...this.body, errors });
  }
}

/** Facts may be named in the sentences as `{fact}`. */
export type RefusalOf<F extends object> = ((facts: F) => Refusal) & {
  readonly code: string;
  readonly kind: RefusalKind;
  readonly zh: string;
  readonly en: string;
};

export const declaredRefusals = new Map<string, { kind: RefusalKind; zh: string; en: string }>();

/** Declares a refusal `<service>.<snake_sentence>`; calling it makes the error to throw. */
export function refusal<F extends object = Record<never, never>>(
  code: string,
  kind: RefusalKind,
  zh: string,
  en: string,
): RefusalOf<F> {
  if (declaredRefusals.has(code)) throw new Error(`refusal ${code} is declared twice`);
  declaredRefusals.set(code, { kind, zh, en });
  const fill = (words: string, facts: Record<string, unknown>) =>
    words.replace(/\{(\w+)\}/g, (whole, name: string) => (name in facts ? String(facts[name]) : whole));
  const make = (facts: F) => {
    const named = facts as Record<string, unknown>;
    return new Refusal({ code, kind, zh: fill(zh, named), en: fill(en, named), facts: named });
  };
  return Object.assign(make, { code, kind, zh, en });
}

/** Refusals every service can give; the rest live in their service's folder. */
export const commonRefusals = {
  malformed: refusal<{ fields: string }>(
    'request.malformed',
    'malformed',
    '请求格式不正确：{fields}',
    'The request is malformed: {fields}',
  ),
  unauthenticated: refusal('request.unauthenticated', 'unauthenticated', '请先登录', 'Please log in first'),
  forbidden: refusal(
    'request.forbidden',
    'forbidden',
    '您的角色没有此项权限',
    'Your role does not have this permission',
  ),
  notFound: refusal('request.not_found', 'not_found', '没有找到', 'Not found'),
  expired: refusal(
    'request.deadline_passed',
    'unavailable',
    '处理超时，请重试',
    'The deadline has passed, please retry',
  ),
  busy: refusal(
    'request.busy',
    'unavailable',
    '当前处理量较大，请稍后重试；本次请求未作任何处理',
    'Too much is being worked on, please retry shortly; nothing was done with this request',
  ),
  answerTooLarge: refusal(
    'request.answer_too_large',
    'invalid',
    '结果超过一次所能返回的大小，请缩小范围后重试',
    'The answer is larger than one answer may be; ask for less at once',
  ),
  unavailable: refusal(
    'request.unavailable',
    'unavailable',
    '服务暂时不可用，请稍后重试',
    'The service is unavailable, please retry later',
  ),
  stale: refusal<{ current: string }>(
    'request.stale_version',
    'stale',
    '内容已被他人修改，请刷新后再试（当前版本 {current}）',
    'Changed meanwhile, refresh and retry (current version {current})',
  ),
  versionRequired: refusal(
    'request.version_required',
    'precondition',
    '请求须带 If-Match：先读取最新内容，填入读取时返回的 ETag',
    'Send If-Match with the ETag you have read',
  ),
  idempotencyOtherBody: refusal(
    'request.idempotency_other_body',
    'invalid',
    '同一 Idempotency-Key 用于了不同的内容',
    'This Idempotency-Key was used with another body',
  ),
  idempotencyInProgress: refusal(
    'request.idempotency_in_progress',
    'conflict',
    '同一请求正在处理，请稍候',
    'The same request is in progress',
  ),
  idempotencyAlreadyDone: refusal(
    'request.idempotency_already_done',
    'conflict',
    '该请求已完成，不再重复返回结果',
    'Already done; the answer is not repeated',
  ),
};
