/** The proof of the browser's session that a write comes from our own page; the session's own cookie no script can read. */
export function csrfCookie(): string | undefined {
  const pair = globalThis.document?.cookie.split('; ').find((each) => each.startsWith('shidang_csrf='));
  return pair?.slice('shidang_csrf='.length) || undefined;
}
