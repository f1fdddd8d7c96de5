import { BusClient, CallerVerifier } from '@shidang/bus';
import {
  commitImport,
  commonRefusals,
  identityRefusals,
  readRecordsJob,
  undoImport,
  type JobView,
} from '@shidang/contracts';
import type { Caller } from '@shidang/access';
import { newId, Vault, Work } from '@shidang/persistence';
import { makeCleanWorkbook, sampleTeachers } from '@shidang/seed';
import { eventually } from '@shidang/testing';
import { aCaller, county, RecordsSuite, type School } from '../../records.testing';
import type { ImportRow } from '../import-row';
import { ImportSuite } from '../import.testing';
import { peopleAtOnce } from '../judge-workbook';
import { ImportJob, Interrupted } from './import-job';

jest.setTimeout(120_000);

describe('an import as a job', () => {
  let records: RecordsSuite;
  let imports: ImportSuite;
  let school: School;
  let file: Buffer;
  let rows: number;
  let importId: string;
  const people = sampleTeachers(peopleAtOnce + 5, 'as-a-job');

  beforeAll(async () => {
    records = await RecordsSuite.start();
    imports = new ImportSuite(records);
    await imports.answerRenewals(() => identityRefusals.sessionEnded({}));
    school = await records.school();
    await imports.registerAll(school, people);
    file = await makeCleanWorkbook(people, 1);
  });
  afterAll(() => records?.stop());

  const job = (caller: Caller = school.information, jobId = importId): Promise<JobView> =>
    records.service.ask(readRecordsJob, { jobId }, caller);
  const until = (state: JobView['state']) =>
    eventually(async () => ((await job()).state === state ? job() : false), `the job is ${state}`, { timeout: 60_000 });

  it('says how many rows are checked, rings at every step, and waits for who uploaded', async () => {
    const gateway = await records.service.nats.connect('gateway');
    const rung = new Set<string>();
    gateway.subscribe('hint.records.job.*', { callback: (_, { subject }) => rung.add(subject) });
    await gateway.flush();
    const { id } = await imports.upload(school.information, file);
    importId = id;
    expect(await job()).toMatchObject({ id, kind: 'import', state: 'running', result: `/imports/${id}`, skipped: 0 });
    const waiting = await until('waiting');
    ({ rows } = (await imports.read(school.information, id)).counts!);
    expect(waiting).toMatchObject({ step: 'checked', total: rows, done: rows });
    expect([...rung]).toEqual([`hint.records.job.${id}`]);
  });

  it('is not given up because a neighbour is away, however often it is asked', async () => {
    const elsewhere = await records.school();
    imports.away.set(elsewhere.information.postId, 4);
    const { id } = await imports.upload(elsewhere.information, await makeCleanWorkbook(people.slice(0, 1), 1));
    await imports.until(elsewhere.information, id, 'checked');
    expect(imports.away.get(elsewhere.information.postId)).toBeLessThan(0);
  });

  it('is there where the import is; a foreign id and one that is nobody’s are refused in the same words', async () => {
    await expect(job(aCaller('informationAdministrator', county))).resolves.toMatchObject({ id: importId });
    const neighbour = await records.school();
    const refused = (caller: Caller, id: string) => job(caller, id).then(fail, (error: { body: object }) => error.body);
    const fail = () => Promise.reject(new Error('it was answered'));
    const foreign = await refused(neighbour.information, importId);
    expect(foreign).toEqual(await refused(neighbour.information, newId()));
    expect(foreign).toEqual(commonRefusals.notFound({}).body);
  });

  it('killed after its first batch has done what is written, no more, and whoever follows goes on from there', async () => {
    const { app } = records.service.running;
    const owner = newId();
    const [row] = await records.service.rows<ImportRow>(
      `update import set state = 'committing', step_done = 0, lease_owner = $2, lease_until = now() + interval '1 hour' where id = $1
       returning *`,
      [importId, owner],
    );
    let batches = 0;
    const killed = new ImportJob(
      row!,
      owner,
      app.get(Work),
      app.get(Vault),
      app.get(BusClient),
      app.get(CallerVerifier),
      () => {
        if (++batches > 1) throw new Interrupted();
      },
    );
    await expect(killed.run()).rejects.toThrow(Interrupted);
    const half = await eventually(
      async () => ((await job()).done > 0 ? job() : false),
      'the batch in flight is stored',
    );
    const [written] = await records.service.rows<{ n: number }>(
      `select sum((counts->>'rows')::int)::int as n from import_person where import_id = $1 and n <= $2`,
      [importId, peopleAtOnce],
    );
    expect(half).toMatchObject({ state: 'running', step: 'committing', total: rows, done: written!.n });
    expect(written!.n).toBeLessThan(rows);
    await records.service.rows(`update import set lease_until = now() - interval '1 second' where id = $1`, [importId]);
    const seen = [half.done];
    const done = await eventually(
      async () => {
        const now = await job();
        seen.push(now.done);
        return now.state === 'done' ? now : false;
      },
      'the job is done',
      { timeout: 60_000 },
    );
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(done).toMatchObject({ total: rows, done: rows, endedAt: expect.any(String) as string });
    await expect(records.service.ask(commitImport, { importId }, school.information)).rejects.toMatchObject({
      body: { kind: 'conflict' },
    });
  });

  it('runs once more when it is taken back, over the teachers it wrote to', async () => {
    await records.service.ask(undoImport, { importId }, school.information);
    expect(await until('undone')).toMatchObject({
      total: people.length,
      done: people.length,
      endedAt: expect.any(String) as string,
    });
  });
});
