/** Headers every answer carries; pages loosen the policy for themselves. */
export const safeHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};

/** … and behind TLS that it stays so. */
export const headersFor = ({ COOKIE_SECURE }: { COOKIE_SECURE: string }): Readonly<Record<string, string>> =>
  COOKIE_SECURE === '1' ? { ...safeHeaders, 'strict-transport-security': 'max-age=31536000' } : safeHeaders;
