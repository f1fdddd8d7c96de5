import { eventually, type Span } from '@shidang/testing';
import { schools } from './lishui';
import { factsOf } from './record';
import { scenario } from './scenario';
import { sharedSystem } from './shared-system';

/** Halves that are alike: the sampler's sum of such an id is 0, so that it is below every ratio. */
const half = '5d1f0a3b7c2e4968';
const traceId = half + half;

const { url, collectorUrl } = sharedSystem();
const people = scenario('tracing');
const person = people.somebody();

const collected = async <T>(path: string): Promise<T> => (await (await fetch(collectorUrl + path)).json()) as T;
let spans: Span[] = [];

/** From a span outward to the one that has no parent here. */
function chainOf(span: Span): string[] {
  const names: string[] = [];
  for (let at: Span | undefined = span; at; at = spans.find(({ spanId }) => spanId === at!.parentSpanId))
    names.unshift(`${String(at.resource['service.name'])}: ${at.name}`);
  return names;
}
const spanOf = (service: string, name: string): Span => {
  const found = spans.find((span) => span.name === name && span.resource['service.name'] === service);
  if (!found) throw new Error(`no span ${name} of ${service}`);
  return found;
};

/** Everything a registration leads to has been told and applied. */
const last = ['records: tell evt.records.teacher-registered', 'identity: identity-make-teacher-account'];

beforeAll(async () => {
  const { token } = people.at(`systemAdministrator@${schools.liandu}`);
  const answer = await fetch(`${url}/api/v1/teachers`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    },
    body: JSON.stringify(factsOf(person)),
  });
  expect(answer.status).toBe(201);
  await eventually(
    async () => {
      spans = await collected<Span[]>(`/traces/${traceId}`);
      const names = spans.map((span) => `${String(span.resource['service.name'])}: ${span.name}`);
      const missing = [...last, 'gateway: POST /api/v1/teachers'].filter((name) => !names.includes(name));
      if (missing.length > 0) throw new Error(`not there: ${missing.join(', ')}`);
    },
    'the whole trace has arrived',
    { timeout: 20_000, every: 250 },
  );
}, 30_000);

describe('one write through the whole system is one trace', () => {
  const request = ['gateway: POST /api/v1/teachers', 'gateway: ask records.teacher.register'];

  it('from the door over NATS to the handler, its transaction and each statement', () => {
    const commit = spans.filter(
      (span) => span.name === 'sql commit' && chainOf(span).includes('records: records.teacher.register'),
    );
    expect(commit.map(chainOf)).toContainEqual([
      ...request,
      'records: records.teacher.register',
      'records: transaction',
      'records: sql commit',
    ]);
    expect(spanOf('gateway', 'POST /api/v1/teachers')).toMatchObject({
      parentSpanId: 'b7ad6b7169203331',
      kind: 2,
      attributes: { 'http.route': '/api/v1/teachers', 'http.response.status_code': 201, 'shidang.result': 'done' },
    });
  });

  it('on to the service that is asked on the way', () => {
    expect(chainOf(spanOf('identity', 'identity.person.claim'))).toEqual([
      ...request,
      'records: records.teacher.register',
      'records: ask identity.person.claim',
      'identity: identity.person.claim',
    ]);
  });

  it('and after the commit with the fact, from the relay to whoever applies it', () => {
    const told = [...request, 'records: records.teacher.register', last[0]!];
    expect(chainOf(spanOf('identity', 'identity-make-teacher-account'))).toEqual([...told, last[1]!]);
    const applied = spanOf('identity', 'identity-make-teacher-account');
    expect(applied.kind).toBe(5);
    expect(applied.attributes).toMatchObject({ 'shidang.deliveries': 1, 'shidang.result': 'done' });
    const inside = spans.filter(({ parentSpanId }) => parentSpanId === applied.spanId).map(({ name }) => name);
    expect(inside).toContain('transaction');
  });

  it('with service, version and replica', () => {
    for (const { resource } of spans)
      expect(resource).toEqual(
        expect.objectContaining({
          'service.namespace': 'shidang',
          'service.version': '0.1.0',
          'service.instance.id': expect.stringMatching(/-\d+$/) as string,
        }),
      );
  });
});

describe('what nobody waits for', () => {
  const importTrace = '6e2f1b4c8d3f5a79'.repeat(2);
  const began = `00-${importTrace}-b7ad6b7169203331-01`;

  it('is a trace of its own, linked to the request that began it, with what it asks and writes', async () => {
    const filler = people.at(`informationAdministrator@${schools.liandu}`);
    const { content } = await filler.download('/import-templates/primarySecondary.xlsx');
    const form = new FormData();
    form.set('file', new File([new Uint8Array(content)], '名单.xlsx'));
    const headers = { authorization: `Bearer ${filler.token}`, traceparent: began };
    const sent = await fetch(`${url}/api/v1/imports`, { method: 'POST', headers, body: form });
    expect(sent.status).toBe(202);
    const [job] = await eventually(
      async () => {
        const linked = await collected<Span[][]>(`/linked/${importTrace}`);
        const whole = linked.filter((trace) => trace.some(({ name }) => name === 'job import checking'));
        return whole.length > 0 ? whole : false;
      },
      'the job has arrived',
      { timeout: 20_000, every: 250 },
    );
    const root = job!.find(({ name }) => name === 'job import checking')!;
    expect(root).toMatchObject({ parentSpanId: '', links: [importTrace], attributes: { 'shidang.attempt': 1 } });
    expect(root.traceId).not.toBe(importTrace);
    const { id } = (await sent.json()) as { id: string };
    expect(root.attributes['shidang.job']).toBe(id);
    const inside = job!.filter(({ parentSpanId }) => parentSpanId === root.spanId).map(({ name }) => name);
    expect(inside).toEqual(expect.arrayContaining(['ask identity.caller.renew', 'transaction']));
  }, 30_000);
});

describe('what is exported', () => {
  it('holds nothing of a person: no name, no document number, no text anybody wrote', async () => {
    const words = await collected<string[]>('/words');
    expect(words.length).toBeGreaterThan(50);
    const canaries = [person.name, person.document.number];
    expect(words.filter((word) => canaries.some((canary) => word.includes(canary)))).toEqual([]);
    // of all scenarios that have run so far: numbers of documents, and Chinese, which only people write here
    expect(words.filter((word) => /(?<!\d)\d{17}[\dX](?![\dX])|\p{Script=Han}/u.test(word))).toEqual([]);
  });
});
