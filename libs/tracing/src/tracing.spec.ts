import { Collector } from '@shidang/testing';
import { currentTrace, during, enter, follow, inBackground, startTracing, traceIdOf, type Tracing } from './index';

const server = { name: 'POST /teachers', kind: 'server' } as const;
const inner = { name: 'transaction', kind: 'inner' } as const;
const stranger = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

let collector: Collector;
let stop: () => Promise<void> = () => Promise.resolve();
beforeEach(async () => (collector = await Collector.start()));
afterEach(async () => {
  await stop();
  collector.stop();
});
const start = async (settings: Partial<Tracing> = {}) =>
  (stop = await startTracing({ service: 'records', ratio: 1, endpoint: collector.url, ...settings }));

describe('what nobody waits for', () => {
  const job = { name: 'job import', kind: 'inner' } as const;
  const unrecorded = stranger.replace(/01$/, '00');

  it('begins a trace of its own, linked to what began it and recorded with it whatever the share', async () => {
    await start({ ratio: 0 });
    await inBackground({ ...job, alsoFrom: [unrecorded] }, () => Promise.resolve());
    await inBackground({ ...job, alsoFrom: [stranger] }, async () => follow(currentTrace(), inner)!.end());
    await stop();
    const [spans, ...others] = [...collector.traces.values()];
    expect(others).toEqual([]);
    const root = spans!.find(({ name }) => name === 'job import')!;
    expect(root).toMatchObject({ parentSpanId: '', links: [traceIdOf(stranger)] });
    expect(spans!.find(({ name }) => name === 'transaction')!.parentSpanId).toBe(root.spanId);
  });

  it('stands in a trace nobody records where there is no collector', async () => {
    const seen = await inBackground({ ...job, alsoFrom: [stranger] }, () => Promise.resolve(currentTrace()));
    expect(seen).toMatch(/-00$/);
    expect(await inBackground(job, () => Promise.resolve(currentTrace()), stranger)).toBe(stranger);
  });
});

describe('what is recorded', () => {
  it('reaches the collector with who recorded it, in its place in the trace', async () => {
    await start();
    const outer = enter(stranger, server)!;
    const further = follow(outer.traceparent, inner)!;
    further.child({ name: 'sql insert', kind: 'client', attributes: { 'db.query.text': 'insert' } }).end();
    further.end();
    outer.end();
    await stop();
    const spans = collector.traces.get(traceIdOf(stranger))!;
    const named = (name: string) => spans.find((span) => span.name === name)!;
    expect(named('POST /teachers').parentSpanId).toBe('b7ad6b7169203331');
    expect(named('transaction').parentSpanId).toBe(named('POST /teachers').spanId);
    expect(named('sql insert').parentSpanId).toBe(named('transaction').spanId);
    expect(named('sql insert').resource).toMatchObject({
      'service.name': 'records',
      'service.version': '0.1.0',
      'service.instance.id': expect.stringContaining(`-${process.pid}`) as string,
    });
  });

  it('names the code of what went wrong, never its words', async () => {
    await start();
    const refusal = Object.assign(new Error('张三 is known'), { body: { code: 'identity.person_known' } });
    const violation = Object.assign(new Error('Key (name)=(张三) already exists'), { code: '23505' });
    for (const error of [refusal, violation, new TypeError('张三')])
      await expect(during(enter(undefined, inner), () => Promise.reject(error))).rejects.toBe(error);
    await stop();
    const spans = [...collector.traces.values()].flat();
    expect(spans.map(({ attributes, failed }) => [attributes['shidang.result'], failed])).toEqual([
      ['identity.person_known', false],
      ['23505', true],
      ['TypeError', true],
    ]);
    expect(JSON.stringify(spans)).not.toContain('张三');
  });

  it('is what the first asked for: of a trace nobody records nothing is recorded further on', async () => {
    await start({ ratio: 0 });
    expect(enter(undefined, server)).toBeUndefined();
    expect(follow(stranger.replace(/01$/, '00'), inner)).toBeUndefined();
    expect(follow(stranger, inner)).toBeDefined();
  });

  it('is not for strangers to ask for at the door', async () => {
    await start({ ratio: 0, outermost: true });
    expect(enter(stranger, server)).toBeUndefined();
  });
});

describe('a collector that does not answer', () => {
  it('costs traces and nothing else: what does not fit is dropped, and the end does not wait for it', async () => {
    await start();
    collector.hold();
    for (let at = 0; at < 10_000; at++) enter(undefined, server)!.end();
    await stop();
    stop = () => Promise.resolve();
    collector.release();
    const sent = collector.received;
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(10_000);
  });
});
