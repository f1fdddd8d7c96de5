import { asAdmin, inDatabase, type RunningSystem } from '@shidang/dev';
import { demoPassword } from '@shidang/seed';
import { eventually } from '@shidang/testing';
import { Door } from '../door';

/** Who waits for a county, and how many are applied when records is killed: some pages of decisions, and most are still to come. */
const sizes = { county: { atLeast: 3_000, applied: 400 }, district: { atLeast: 400, applied: 100 } };

interface Batch {
  id: string;
  state: string;
  total: number;
  count: number;
  decided: number;
  skippedCount: number;
}

interface Job {
  state: string;
  step?: string;
  total: number;
  done: number;
}

let system: RunningSystem;
let county: Door;

const rowsOf = <Row extends object>(service: 'review' | 'records', text: string, params: unknown[] = []) =>
  asAdmin(inDatabase(system.adminUrl, `shidang_${service}`), async (client) => {
    return (await client.query(text, params)).rows as Row[];
  });

const job = async (id: string) => (await county.must<Job>('GET', `/jobs/${id}`)).body;

/** Until the job is so far; while a service is away the question is asked again. */
const until = (id: string, is: (now: Job) => boolean, what: string) =>
  eventually(
    async () => {
      const answer = await county.get<Job>(`/jobs/${id}`);
      if (answer.status >= 500) throw new Error(`the job → ${answer.status}`);
      return is(answer.body) && answer.body;
    },
    what,
    { timeout: 300_000, every: 100 },
  );

/**
 * A county's information administrator approves all that waits at once, while review and records are killed: every case is decided once,
 * every record takes effect once, and the counts are equal.
 */
export function isDecidedAtOnce(scale: keyof typeof sizes, running: () => RunningSystem): void {
  const { atLeast, applied: appliedBefore } = sizes[scale];

  beforeAll(async () => {
    system = running();
    const { body } = await new Door(system.url).must<{ token: string }>('POST', '/sessions', {
      body: { loginName: 'info@331102', password: demoPassword },
    });
    county = new Door(system.url, body.token);
  });

  it('is held, released and takes effect, each record once, though review and records die in the middle', async () => {
    const began = Date.now();
    const say = (what: string) => process.stdout.write(`batch of a ${scale}: ${what} at ${Date.now() - began} ms\n`);
    const { body: selection } = await county.must<{ id: string; count: number }>('POST', '/selections', {
      body: { filter: { turn: 'mine', state: 'authority-review' } },
    });
    expect(selection.count).toBeGreaterThanOrEqual(atLeast);
    const made = await county.must<Batch>('POST', '/review-batches', {
      body: { selectionId: selection.id, verdict: 'approve' },
    });
    expect([made.status, made.headers.get('location')]).toEqual([202, `/api/v1/jobs/${made.body.id}`]);
    const { id } = made.body;

    await until(id, ({ done }) => done > 0, 'the first are held');
    await system.kill('review');
    say('review was killed while it held them');
    await until(id, ({ state }) => state === 'held', 'all are held');
    say('all are held');
    const { body: held } = await county.must<Batch>('GET', `/review-batches/${id}`);
    expect(held).toMatchObject({ total: selection.count, count: selection.count, skippedCount: 0 });

    await county.must('POST', `/review-batches/${id}/release`);
    await until(id, ({ done }) => done > 0, 'the first are decided');
    await system.kill('review');
    say('review was killed while it decided them');
    await eventually(
      async () => {
        const [row] = await rowsOf<{ n: number }>(
          'records',
          `select count(*)::int as n from submission s join submission_review r on r.submission_id = s.id and r.step = 'authority'
           where s.state = 'approved' and r.at >= $1`,
          [new Date(began).toISOString()],
        );
        return row!.n > appliedBefore;
      },
      'records applies them',
      { timeout: 120_000, every: 100 },
    );
    await system.kill('records');
    say('records was killed while it applied them');
    await until(id, ({ state }) => state === 'done', 'all are decided');
    say('all are decided');

    const { body: batch } = await county.must<Batch>('GET', `/review-batches/${id}`);
    expect(batch).toMatchObject({ state: 'released', decided: selection.count, skippedCount: 0 });
    const [decisions] = await rowsOf(
      'review',
      `select count(*)::int as n, count(distinct case_id)::int as cases from case_decision where batch_id = $1`,
      [id],
    );
    expect(decisions).toEqual({ n: selection.count, cases: selection.count });

    const effective = () =>
      rowsOf<{ records: number; versions: number }>(
        'records',
        `select count(distinct v.teacher_id)::int as records, count(*)::int as versions from effective_version v
       join submission_review r on r.submission_id = v.submission_id and r.step = 'authority'
       join submission s on s.id = v.submission_id where s.state = 'approved' and r.at >= $1`,
        [new Date(began).toISOString()],
      );
    await eventually(async () => (await effective())[0]!.records >= selection.count, 'every record is effective', {
      timeout: 900_000,
      every: 500,
    });
    say('every record is effective');
    expect(await effective()).toEqual([{ records: selection.count, versions: selection.count }]);
    const told = await rowsOf(
      'records',
      `select count(*)::int as n from outbox where subject = 'evt.records.record-effective' and (payload ->> 'at')::timestamptz >= $1`,
      [new Date(began).toISOString()],
    );
    expect(told).toEqual([{ n: selection.count }]);
    const refused = await rowsOf('records', `select 1 from outbox where subject = 'evt.records.decision-refused'`);
    expect(refused).toEqual([]);
    const left = await county.must<{ page: { total: number } }>(
      'GET',
      '/review-cases?turn=mine&state=authority-review',
    );
    expect(left.body.page.total).toBe(0);
    expect((await job(id)).state).toBe('done');
    expect(system.restartCounts()).toMatchObject({ review: 2, records: 1 });
  }, 1_500_000);
}
