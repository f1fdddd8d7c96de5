import { createHash } from 'node:crypto';

/** What a stream shows now: one part of it, by name. A part is sent again only when it has changed. */
export interface StreamedPart {
  readonly event: string;
  readonly data: object;
}

/** Everything a stream shows now; after `last` nothing changes any more. */
export interface StreamedState {
  readonly parts: readonly StreamedPart[];
  readonly last?: boolean;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

const frame = (id: string, event: string, data: string): string => `id: ${id}\nevent: ${event}\ndata: ${data}\n\n`;

/**
 * Remembers what a reader has seen. The id of an event stands for the whole state at that moment, so that a reader who
 * comes back with it (Last-Event-ID), to whichever gateway, is sent nothing he has.
 */
export class SeenState {
  private readonly sent = new Map<string, string>();

  constructor(private seen: string | undefined) {}

  /** The frames that tell what is new; empty when nothing is. */
  news({ parts }: StreamedState): string {
    const texts = parts.map(({ event, data }) => ({ event, text: JSON.stringify(data) }));
    const id = digest(JSON.stringify(texts));
    const known = id === this.seen;
    this.seen = id;
    const frames = texts.filter(({ event, text }) => !known && this.sent.get(event) !== text);
    for (const { event, text } of texts) this.sent.set(event, text);
    return frames.map(({ event, text }) => frame(id, event, text)).join('');
  }
}

/** Nothing will follow: the reader need not come back. `code`: the refusal that ended it, if one did. */
export const farewell = (code?: string): string => `event: end\ndata: ${JSON.stringify(code ? { code } : {})}\n\n`;
