import { connect, isIP, type Socket } from 'node:net';
import { connect as secure } from 'node:tls';

export const spokenTo = { nats: 4222, postgresql: 5432 } as const;
export type Spoken = keyof typeof spokenTo;

const patience = 1_500;
/** PostgreSQL's SSLRequest; it answers `S`. A NATS node says INFO by itself. */
const sslRequest = Buffer.from('0000000804d2162f', 'hex');

/** Until it is TLS's turn. */
function readyForTls(socket: Socket, spoken: Spoken): Promise<void> {
  return new Promise((settle, fail) => {
    socket.once('error', fail).once('close', () => fail(new Error('hung up')));
    socket.once('data', (said: Buffer) => {
      const isReady = spoken === 'nats' ? said.toString('latin1').startsWith('INFO ') : said[0] === 0x53;
      if (isReady) settle();
      else fail(new Error('speaks no TLS'));
    });
    if (spoken === 'postgresql') socket.write(sslRequest);
  });
}

/**
 * Until when the certificate is good that a server shows, Unix milliseconds; also one that has run out already, or that nobody
 * here would trust. Nothing is said to the server but that TLS is wanted. @throws when it shows none.
 */
export async function shownUntil(spoken: Spoken, url: string): Promise<number> {
  const { hostname: host, port } = new URL(url);
  const socket = connect({ host, port: Number(port) || spokenTo[spoken] });
  socket.setTimeout(patience, () => socket.destroy(new Error(`nothing for ${patience} ms`)));
  try {
    await readyForTls(socket, spoken);
    const servername = isIP(host) ? undefined : host;
    const talk = secure({ socket, servername, rejectUnauthorized: false });
    await new Promise<void>((settle, fail) => void talk.once('secureConnect', settle).once('error', fail));
    return Date.parse(talk.getPeerCertificate().valid_to);
  } finally {
    socket.destroy();
  }
}
