import { randomFillSync } from 'node:crypto';

/** Drawn ahead, for some hundred ids: one draw costs more than the id. */
const drawn = Buffer.alloc(4_096);
let used = drawn.length;

function hex(bytes: number): string {
  if (used + bytes > drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += bytes;
  return drawn.toString('hex', used - bytes, used);
}

const form = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

export interface Place {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
}

/** Where a W3C `traceparent` stands; nothing when it is malformed. */
export function placeIn(traceparent: string | undefined): Place | undefined {
  const [, traceId, spanId, flags] = form.exec(traceparent ?? '') ?? [];
  return traceId && spanId ? { traceId, spanId, traceFlags: Number.parseInt(flags!, 16) } : undefined;
}

export const traceparentOf = ({ traceId, spanId, traceFlags }: Place): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;

/** A trace nobody records: its id ties log lines, facts and audit rows together. */
export const newTrace = (): string => `00-${hex(16)}-${hex(8)}-00`;

/** The same trace, one hop further; a malformed header starts a new trace. */
export function nextSpan(traceparent: string | undefined): string {
  const place = placeIn(traceparent);
  return place ? traceparentOf({ ...place, spanId: hex(8) }) : newTrace();
}

/** The same trace, of which nothing is recorded from here on. */
export function unrecorded(traceparent: string | undefined): string {
  const place = placeIn(traceparent);
  return place ? traceparentOf({ ...place, spanId: hex(8), traceFlags: 0 }) : newTrace();
}

export const traceIdOf = (traceparent: string): string => traceparent.split('-')[1] ?? '';
