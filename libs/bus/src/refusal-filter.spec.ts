import { commonRefusals } from '@shidang/contracts';
import { Logger } from '@nestjs/common';
import { firstValueFrom } from 'rxjs';
import { RefusalFilter } from './refusal-filter';

beforeAll(() => Logger.overrideLogger(false));

const crossing = (error: unknown): Promise<unknown> =>
  firstValueFrom(new RefusalFilter().catch(error)).then(
    () => undefined,
    (crosses: unknown) => crosses,
  );

describe('what crosses the bus when a handler throws', () => {
  it('a refusal as itself, a fault as nothing', async () => {
    const refusal = commonRefusals.notFound({});
    expect(await crossing(refusal)).toEqual({ refusal: refusal.body });
    expect(await crossing(new Error('cannot digest'))).toEqual({ fault: true });
  });

  it.each([
    ['a full disk', '53100'],
    ['a database that is starting up', '57P03'],
    ['a connection that is refused', 'ECONNREFUSED'],
    ['a statement that ran out of time', '57014'],
  ])('%s as "unavailable": the door answers 503 and says when to come back', async (_, code) => {
    const failure = Object.assign(new Error('insert into teacher …'), { code });
    expect(await crossing(failure)).toEqual({ refusal: commonRefusals.unavailable({}).body });
  });
});
