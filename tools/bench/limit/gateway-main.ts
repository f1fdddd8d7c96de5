import { createServer } from 'node:http';
import { connectNats } from '@shidang/bus';
import { subjectOf } from './questions';

/** HTTP → NATS and back, bytes as they are. `/<question>?<argument>` or a body. */
async function main(): Promise<void> {
  const { LIMIT_NATS_URL: url = '', LIMIT_NATS_PASSWORD: password = '', LIMIT_PORT: port } = process.env;
  const nats = await connectNats({ url, user: 'bench', password }, 'limit-gateway');
  const server = createServer((request, response) => {
    const [path = '', argument = ''] = (request.url ?? '').split('?');
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const payload = parts.length > 0 ? Buffer.concat(parts) : Buffer.from(decodeURIComponent(argument));
      nats.request(subjectOf(path.slice(1)), payload, { timeout: 10_000 }).then(
        (reply) => {
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': reply.data.length });
          response.end(reply.data);
        },
        () => {
          response.writeHead(503, { 'content-length': 0 });
          response.end();
        },
      );
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(Number(port), '127.0.0.1', () => process.send?.('ready'));
}

void main();
process.on('disconnect', () => process.exit(0));
