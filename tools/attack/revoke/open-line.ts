import { get } from 'node:http';
import type { Line } from '../check/ended-in-time';
import type { Asker } from '../door/asker';

export interface OpenLine extends Line {
  toldAt?: number;
  closedAt?: number;
  readonly hangUp: () => void;
}

/** A heartbeat, the time to come again, the farewell: nothing of what the stream is about. */
const isNothing = /^(?:retry: \d+\n\n|: [^\n]*\n\n|event: end\n[^]*)*$/;

/** Opens what does not end by itself, or takes its time to, and notes when it was told something and when it ended. */
export function openLine(url: string, asker: Asker, path: string): OpenLine {
  const asked = get(`${url}/api/v1${path}`, { agent: false, headers: asker.who() });
  const line: OpenLine = {
    account: asker.loginName,
    what: `GET ${path}`,
    openedAt: Date.now(),
    hangUp: () => void asked.destroy(),
  };
  const close = () => void (line.closedAt ??= Date.now());
  asked.once('error', close).once('close', close);
  asked.once('response', (response) => {
    response.on('data', (piece: Buffer) => {
      if (!isNothing.test(piece.toString())) line.toldAt = Date.now();
    });
    response.once('close', close).once('error', close);
  });
  return line;
}
