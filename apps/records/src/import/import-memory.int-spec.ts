import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { identityRefusals } from '@shidang/contracts';
import { makeCleanWorkbook, sampleTeachers } from '@shidang/seed';
import { environmentFor, eventually } from '@shidang/testing';
import { RecordsSuite } from '../records.testing';
import { ImportSuite } from './import.testing';

jest.setTimeout(180_000);

/** Resident memory of a process and of those it started, in megabytes. */
function residentOf(pid: number): number {
  try {
    const own = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
    return children.reduce((sum, child) => sum + residentOf(child), own);
  } catch {
    return 0; // ended meanwhile
  }
}

it('an import of 200 teachers keeps the service and its parser below 350 MB together', async () => {
  const records = await RecordsSuite.start();
  const imports = new ImportSuite(records);
  await imports.answerRenewals(() => identityRefusals.sessionEnded({}));
  const school = await records.school();
  const teachers = sampleTeachers(200, 'memory');
  await imports.registerAll(school, teachers);
  const file = await makeCleanWorkbook(teachers, 4);
  // from here on the service answers that `npm start` starts: a test's own process weighs what its tools weigh
  await records.service.running.stop();
  const { nats, database } = records.service;
  const child = spawn(process.execPath, ['dist/apps/records/src/main.js'], {
    env: { ...(await environmentFor('records', { nats, database })), LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, residentOf(child.pid!))), 25);
  try {
    await eventually(
      () =>
        imports.read(school.information, '00000000-0000-7000-8000-000000000000').catch((error: Error) => {
          if (!error.message.includes('import_not_found')) throw error;
          return true;
        }),
      'the service answers',
      { timeout: 30_000 },
    );
    const checked = await imports.checked(school.information, file);
    const done = await imports.committed(school.information, checked.id);
    expect(done.counts).toMatchObject({ teachers: 200, bad: 0 });
  } finally {
    clearInterval(timer);
    child.kill('SIGTERM');
    await ended;
    // the service in this process has stopped already and says so; what it stood on is put away all the same
    await records.stop().catch(() => undefined);
    await nats.stop();
    await database.drop();
  }
  process.stdout.write(`import of 200 teachers: service and parser at most ${Math.round(peak)} MB\n`);
  expect(peak).toBeGreaterThan(50);
  expect(peak).toBeLessThanOrEqual(350);
});
