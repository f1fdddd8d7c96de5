import { BusClient, CallerVerifier } from '@shidang/bus';
import { identityRefusals, importRefusals, type Refusal } from '@shidang/contracts';
import { asAdmin } from '@shidang/dev';
import { newId, Vault, Work } from '@shidang/persistence';
import { makeCleanWorkbook, sampleTeachers } from '@shidang/seed';
import { eventually } from '@shidang/testing';
import { RecordsSuite, type School } from '../records.testing';
import { ImportJob, Interrupted } from './job/import-job';
import type { ImportRow } from './import-row';
import { ImportSuite } from './import.testing';

jest.setTimeout(120_000);

describe('one import, one worker', () => {
  let records: RecordsSuite;
  let imports: ImportSuite;

  beforeAll(async () => {
    records = await RecordsSuite.start();
    imports = new ImportSuite(records);
    await imports.answerRenewals(() => identityRefusals.sessionEnded({}));
  });
  afterAll(() => records?.stop());

  const versions = (school: School) =>
    records.service.rows(`select 1 from entry_version where org_path = $1`, [school.path]);

  it('a worker frozen past its lease writes nothing beside its successor', async () => {
    const school = await records.school();
    const people = sampleTeachers(2, 'frozen');
    await imports.registerAll(school, people);
    const { id } = await imports.checked(school.information, await makeCleanWorkbook(people, 1));
    const before = (await versions(school)).length;
    const { app } = records.service.running;
    for (const state of ['committing', 'checking']) {
      // the successor holds it
      const [row] = await records.service.rows<ImportRow>(
        `update import set state = $2, lease_owner = gen_random_uuid(), lease_until = now() + interval '1 hour' where id = $1 returning *`,
        [id, state],
      );
      const frozen = new ImportJob(
        row!,
        newId(),
        app.get(Work),
        app.get(Vault),
        app.get(BusClient),
        app.get(CallerVerifier),
        () => undefined,
      );
      await expect(frozen.run()).rejects.toThrow(Interrupted);
      expect(await records.service.rows(`select state, done_people from import where id = $1`, [id])).toEqual([
        { state, done_people: 0 },
      ]);
    }
    expect((await versions(school)).length).toBe(before);
  });

  it('of two imports ordered at the same moment the second is told that one is running', async () => {
    const school = await records.school();
    const file = await makeCleanWorkbook(sampleTeachers(1));
    await asAdmin(records.service.database.adminUrl, async (client) => {
      await client.query('begin');
      await client.query(
        `insert into import (id, org_path, organisation, account_id, post_id, file_name, size, state, lease_until)
         values ($1, $2, $3, $1, $1, 'a.xlsx', 1, 'uploaded', now() + interval '1 hour')`,
        [newId(), school.path, school.code],
      );
      const second = imports.upload(school.information, file).then(
        () => 'taken',
        (refusal: Refusal) => refusal.body.code,
      );
      await eventually(async () => {
        const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        return (await records.service.rows(waiting)).length > 0;
      }, 'the second, who saw nothing running, waits for the first');
      await client.query('commit');
      expect(await second).toBe(importRefusals.busy.code);
    });
  });
});
