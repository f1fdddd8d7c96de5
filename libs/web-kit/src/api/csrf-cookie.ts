/** The proof of the browser's session that a write comes from our own page; the session's own cookie no script can read. */
export function csrfCookie(): string | undefined {
  const pair = globalThis.document?.cookie.split('; ').find((each) => each.startsWith('shidang_csrf='));
  return pair?.slice('shidang_csrf='.length) || undefined;
}

/** Without it no page of ours takes the browser for logged in; the session's own cookie is the server's to take away. */
export function forgetProof(): void {
  document.cookie = 'shidang_csrf=; Path=/; Max-Age=0; SameSite=Strict';
}
