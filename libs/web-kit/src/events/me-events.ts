/** What of mine changed on the server, told as it happens (`GET /api/v1/me/events`). */
export interface MeEvents {
  /** `data` as the stream tells it: see the route's description. */
  readonly onNotices: (data: unknown) => void;
  /** Nobody tells at the moment, or telling goes on: while it does not, ask now and then. */
  readonly onListening: (listening: boolean) => void;
}

const firstPause = 2_000;
const longestPause = 60_000;

/**
 * Listens until the returned function is called. The browser reconnects by itself after a broken connection; after a refusal
 * (no session, too many streams) it does not, so that we come back later, ever more slowly. Who listens asks as well while
 * nobody tells.
 */
export function listenToMe({ onNotices, onListening }: MeEvents, url = '/api/v1/me/events'): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = firstPause;
  const later = () => {
    source?.close();
    onListening(false);
    timer = setTimeout(open, pause);
    pause = Math.min(pause * 2, longestPause);
  };
  function open() {
    source = new EventSource(url);
    source.addEventListener('open', () => {
      pause = firstPause;
      onListening(true);
    });
    source.addEventListener('notices', (event) => onNotices(JSON.parse((event as MessageEvent<string>).data)));
    // the session has ended, or the server goes: come back when there may be another
    source.addEventListener('end', later);
    source.addEventListener('error', () => {
      if (source?.readyState === EventSource.CLOSED) later();
      else onListening(false);
    });
  }
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
