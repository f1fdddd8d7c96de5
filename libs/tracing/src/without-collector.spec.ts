import { during, enter, follow, isRecording, newTrace, nextSpan, startTracing, traceIdOf } from './index';

// whoever loads the SDK here fails
jest.mock('@opentelemetry/sdk-trace-base', () => {
  throw new Error('the SDK was loaded');
});

describe('without a collector', () => {
  const step = { name: 'step', kind: 'inner' } as const;

  it('nothing is loaded, nothing is recorded, and a trace asked for by others goes on', async () => {
    const stop = await startTracing({ service: 'records', ratio: 1 });
    const given = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect([isRecording(), enter(given, step), follow(given, step)]).toEqual([false, undefined, undefined]);
    expect(await during(undefined, () => Promise.resolve('answer'))).toBe('answer');
    expect(nextSpan(given)).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/);
    await stop();
  });

  it('is the only case in which the SDK stays away', async () => {
    const start = startTracing({ service: 'records', ratio: 1, endpoint: 'http://127.0.0.1:1' });
    await expect(start).rejects.toThrow('the SDK was loaded');
  });
});

describe('a malformed traceparent', () => {
  it.each(['', 'nonsense', '00-1-2-01', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x'])(
    '%j begins a new trace',
    (given) => {
      expect(nextSpan(given)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
      expect(traceIdOf(nextSpan(given))).not.toBe(traceIdOf(newTrace()));
    },
  );
});
