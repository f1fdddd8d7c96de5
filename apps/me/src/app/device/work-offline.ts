/** The worker keeps the app itself, never an answer of the API. */
export function workOffline(): void {
  if ('serviceWorker' in navigator)
    void navigator.serviceWorker.register('/me/worker.js', { scope: '/me/' }).catch(() => undefined);
}
