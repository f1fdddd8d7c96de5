/** What a stream of the API is followed with; the browser's own EventSource, or a played one. */
export type Source = Pick<EventSource, 'addEventListener' | 'close' | 'readyState'>;

export interface Followed {
  /** `/api/v1/jobs/{id}/events`. */
  readonly path: string;
  /** Names of the parts one wants to hear, as the server calls them. */
  readonly events: readonly string[];
  readonly hear: (event: string, data: unknown) => void;
  /** False: the stream is broken or gone, and whoever shows it asks by itself meanwhile. */
  readonly live: (live: boolean) => void;
}

const closed = 2;

/**
 * Follows server-sent events. The browser comes back by itself after a lost connection (with the id it has seen last); a stream that was refused or has
 * ended is closed, and `live(false)` says so. Returns the end of it.
 */
export function followEvents(
  { path, events, hear, live }: Followed,
  open: (path: string) => Source = (at) => new EventSource(at),
): () => void {
  const source = open(path);
  for (const event of events) {
    source.addEventListener(event, (message) => {
      live(true);
      hear(event, JSON.parse((message as MessageEvent<string>).data));
    });
  }
  source.addEventListener('end', () => {
    source.close();
    live(false);
  });
  source.addEventListener('error', () => {
    live(false);
    if (source.readyState === closed) source.close();
  });
  return () => source.close();
}
