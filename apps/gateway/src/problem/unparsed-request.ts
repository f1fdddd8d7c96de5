import { newTrace, traceIdOf } from '@shidang/bus';
import { commonRefusals } from '@shidang/contracts';
import type { Socket } from 'node:net';
import { problemOf } from './problem';
import { problemType } from './problem-filter';

const reasons: Readonly<Record<string, { status: number; phrase: string }>> = {
  HPE_HEADER_OVERFLOW: { status: 431, phrase: 'Request Header Fields Too Large' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, phrase: 'Request Timeout' },
};

/** What Node could not read as HTTP never becomes a request; its sender still gets a problem, then the line is closed. */
export function refuseUnparsed(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const { status, phrase } = reasons[error.code ?? ''] ?? { status: 400, phrase: 'Bad Request' };
  const problem = problemOf(commonRefusals.malformed({ fields: 'HTTP' }), 'zh', '', traceIdOf(newTrace()));
  const body = JSON.stringify({ ...problem, status });
  const head = `HTTP/1.1 ${status} ${phrase}\r\ncontent-type: ${problemType}\r\nx-content-type-options: nosniff\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n`;
  socket.end(head + body);
}
