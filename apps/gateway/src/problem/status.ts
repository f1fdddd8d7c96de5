import type { RefusalKind } from '@shidang/contracts';

/** The one place where a refusal becomes a status, and the words that head the problem. */
export const statusOf: Readonly<Record<RefusalKind, { status: number; zh: string; en: string }>> = {
  malformed: { status: 400, zh: '请求格式不正确', en: 'Malformed request' },
  unauthenticated: { status: 401, zh: '未登录', en: 'Not signed in' },
  forbidden: { status: 403, zh: '没有权限', en: 'Forbidden' },
  not_found: { status: 404, zh: '没有找到', en: 'Not found' },
  conflict: { status: 409, zh: '与当前状态冲突', en: 'Conflict' },
  stale: { status: 412, zh: '内容已变化', en: 'Changed meanwhile' },
  too_large: { status: 413, zh: '内容过大', en: 'Too large' },
  unsupported: { status: 415, zh: '不支持的格式', en: 'Unsupported format' },
  invalid: { status: 422, zh: '不符合规则', en: 'Against the rules' },
  precondition: { status: 428, zh: '缺少版本条件', en: 'Version required' },
  too_many: { status: 429, zh: '请求过于频繁', en: 'Too many requests' },
  unavailable: { status: 503, zh: '暂时不可用', en: 'Unavailable for the moment' },
};

export const fault = {
  code: 'gateway.fault',
  status: 500,
  zh: '系统故障',
  en: 'Fault',
  detail: {
    zh: '系统出现故障，请稍后重试；若仍不成功，请将 traceId 告知运维员',
    en: 'Something failed on our side; retry later, and if it persists tell the operator the traceId',
  },
} as const;
