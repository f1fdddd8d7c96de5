import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { ReceiveFile } from './receive-file';

/** A form whose file goes wrong like that after its first piece. */
const breakingOff = (error: Error): FastifyRequest => {
  const file = Readable.from(
    (async function* () {
      yield await Promise.resolve(Buffer.from('PK'));
      throw error;
    })(),
  );
  const part = { fieldname: 'file', filename: 'a.xlsx', file };
  return { headers: {}, isMultipart: () => true, file: () => Promise.resolve(part) } as unknown as FastifyRequest;
};
const received = (error: Error) => new ReceiveFile().with(breakingOff(error), () => Promise.resolve('taken'));

it.each([
  ['in the middle', new Error('Part terminated early due to unexpected end of multipart data')],
  ['with its line', Object.assign(new Error('aborted'), { code: 'ECONNRESET' })],
])('a form that broke off %s is its sender’s', async (_, error) => {
  await expect(received(error)).rejects.toMatchObject({ body: { code: 'request.malformed' } });
});

it('what else goes wrong with it is ours, and stays what it is', async () => {
  const ours = Object.assign(new Error('EIO'), { code: 'EIO' });
  await expect(received(ours)).rejects.toBe(ours);
});
