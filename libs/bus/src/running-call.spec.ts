import { request } from '@shidang/contracts';
import { NatsContext } from '@nestjs/microservices';
import { Intake } from './intake';
import { AroundCall } from './refused-calls';
import { admit, runningCall } from './running-call';

class Ask {}
const read = request('review.note.read', { permission: 'review.read', effect: 'read', request: Ask, reply: Ask });

class Around extends AroundCall {
  run = (_: unknown, __: unknown, ___: unknown, handler: () => Promise<unknown>) => handler();
}

describe('a handler', () => {
  const run = runningCall(read, () => Promise.resolve('ran'));
  const intake = new Intake({ together: 1, read: 1, bulk: 1, waiting: 1 });

  it('does not run when no guard has let the call in, whoever comes after one that was', async () => {
    const context = new NatsContext([read.subject, undefined]);
    admit(context, { around: new Around(), intake });
    await expect(run.call({}, {}, context)).resolves.toBe('ran');
    await expect(async () => run.call({}, {}, new NatsContext([read.subject, undefined]))).rejects.toThrow(
      'reached past its guard',
    );
  });
});
