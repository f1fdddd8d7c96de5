import { connect, type Socket } from 'node:net';
import type { Attack } from '../attack';
import { servedMeanwhile } from '../check/served-meanwhile';
import type { Violation } from '../check/violation';
import { withBystander } from '../door/bystander';

const perKind = 150;
/** HEADERS_MS is 10 s, looked at every 5 s; BODY_MS is 15 s. */
const patience = 30_000;

const kinds = {
  'a header, letter by letter': 'GET /api/v1/me HTTP/1.1\r\nhost: x\r\nx-slow: ',
  'a body, letter by letter':
    'POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"loginName":"',
  'chunks, letter by letter':
    'POST /api/v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
} as const;

/** Sends a letter a second; settles with the milliseconds after which the other side hung up, or undefined. */
function dripping(url: URL, begin: string, drop: string): Promise<number | undefined> {
  return new Promise((settle) => {
    const begun = Date.now();
    const socket: Socket = connect(Number(url.port), url.hostname, () => socket.write(begin));
    const drip = setInterval(() => socket.writable && socket.write(drop), 1_000);
    const end = (after?: number) => {
      clearInterval(drip);
      clearTimeout(late);
      socket.destroy();
      settle(after);
    };
    const late = setTimeout(() => end(), patience);
    socket.on('error', () => end(Date.now() - begun));
    socket.once('close', () => end(Date.now() - begun));
    // an answer may come first; what counts is that the line is let go
    socket.resume();
  });
}

export const slow: Attack = {
  name: 'slow',
  says: 'hundreds of connections that say a letter a second: each is hung up on in time, others are served meanwhile (L4)',
  async run({ system, askers }) {
    const url = new URL(system.url);
    const violations: Violation[] = [];
    const figures: Record<string, number> = { connections: 0, 'hung up on': 0, 'longest ms': 0 };
    const served = await withBystander(askers[3]!, async () => {
      const jobs = Object.entries(kinds).flatMap(([kind, begin]) =>
        Array.from({ length: perKind }, async () => {
          const after = await dripping(url, begin, kind.startsWith('chunks') ? '1\r\nx\r\n' : 'x');
          figures['connections']! += 1;
          if (after === undefined)
            return violations.push({ check: 'slow', says: `${kind}: still connected after ${patience} ms` });
          figures['hung up on']! += 1;
          figures['longest ms'] = Math.max(figures['longest ms']!, after);
          return undefined;
        }),
      );
      await Promise.all(jobs);
    });
    return {
      figures: { ...figures, read: served.during.length },
      violations: [...violations, ...servedMeanwhile('reading beside slow connections', served)],
    };
  },
};
