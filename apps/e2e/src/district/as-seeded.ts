import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { shidangClient, type ShidangClient } from '@shidang/client';
import { asAdmin, fromRoot, inDatabase, keyFileOf, type RunningSystem } from '@shidang/dev';
import { demoAccounts, demoPassword, demoSchools, demoTeachers, owners, planWorld, recordStates } from '@shidang/seed';
import { eventually } from '@shidang/testing';

const readme = readFileSync(fromRoot('README.md'), 'utf8');

const day = (now: Date) =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(now);

/**
 * What the demo laid down with COPY is what the services themselves would have made of it: they count, find, open and decide it, and
 * README's table and tour hold. Before anything else is done to the system.
 */
export function isAsSeeded(scale: 'county' | 'district', running: () => RunningSystem): void {
  const world = planWorld(scale, day(new Date()));
  const teachers = world.schools.flatMap((each) => each.teachers);
  let system: RunningSystem;

  beforeAll(() => {
    system = running();
  });

  async function signedIn(loginName: string): Promise<ShidangClient> {
    const { data, error } = await shidangClient({ baseUrl: system.url }).POST('/api/v1/sessions', {
      body: { loginName, password: demoPassword },
    });
    if (!data) throw new Error(`${loginName} does not log in: ${JSON.stringify(error)}`);
    return shidangClient({ baseUrl: system.url, token: () => data.token });
  }

  const ownTeacherId = async (teacher: ShidangClient): Promise<string> => {
    const { data } = await teacher.GET('/api/v1/me');
    return data!.account.teacherId!;
  };

  test('progress rolls up to what was seeded, to the person', async () => {
    const city = await signedIn('info@331100');
    const planned = Object.fromEntries(
      recordStates.map((state) => [state, teachers.filter((each) => each.state === state).length]),
    );
    const paces = world.schools.map(({ school }) => school.pace);
    const schools = {
      schools: paces.length,
      schoolsDeclared: paces.filter((pace) => pace !== 'silent').length,
      schoolsConfirmed: paces.filter((pace) => pace !== 'silent' && pace !== 'late').length,
    };
    const activated = teachers.filter((each) => each.account.activated).length;
    await eventually(async () => {
      const { data } = await city.GET('/api/v1/progress/{code}', { params: { path: { code: '331100' } } });
      const statuses = Object.fromEntries(data!.statuses.map(({ status, n }) => [status, n]));
      expect(statuses).toEqual({ ...planned, conflict: 0, left: 0 });
      expect(data).toMatchObject(schools);
      expect(data!.headCount).toBeGreaterThan(teachers.length);
      expect(data!.accounts.find((each) => each.role === 'teacher')).toEqual({
        role: 'teacher',
        issued: teachers.length,
        activated,
      });
    }, 'progress of the city is not what was seeded');
  }, 120_000);

  test('every account of README’s table logs in', async () => {
    const listed = [...readme.matchAll(/^\| `([^`]+)` \|/gm)]
      .map((match) => match[1]!)
      .filter((name) => name.includes('@'));
    expect(listed).toEqual(demoAccounts.map(({ account }) => account));
    for (const account of listed) await signedIn(account);
  }, 60_000);

  test('the authority approves a seeded case, and it takes effect', async () => {
    const county = await signedIn('info@331102');
    const { data: found } = await county.GET('/api/v1/review-cases', {
      params: { query: { state: 'authority-review', limit: 1 } },
    });
    const caseId = found!.items[0]!.id;
    const { data: read } = await county.GET('/api/v1/review-cases/{caseId}', { params: { path: { caseId } } });
    expect(read!.submission).toMatchObject({ hashHolds: true, state: 'open' });
    const { response } = await county.POST('/api/v1/review-cases/{caseId}/decision', {
      params: { path: { caseId } },
      headers: { 'if-match': `"${read!.etag}"` },
      body: { verdict: 'approve', contentHash: read!.contentHash },
    });
    expect(response.ok).toBe(true);
    await eventually(async () => {
      const path = { teacherId: read!.teacherId };
      const { data } = await county.GET('/api/v1/teachers/{teacherId}', { params: { path } });
      expect(data).toMatchObject({ status: 'effective', personalCodeFormal: true });
    }, 'the approved record does not take effect');
  }, 60_000);

  test('a returned teacher finds the one field to mend, with the reason', async () => {
    const teacher = await signedIn(demoTeachers['school-returned']);
    const path = { teacherId: await ownTeacherId(teacher), section: 'education' };
    const { data: marks } = await teacher.GET('/api/v1/teachers/{teacherId}/review-marks', { params: { path } });
    expect(marks!.marks).toEqual([
      expect.objectContaining({ indicator: 'educationSchool', words: '毕业学校请填写全称' }),
    ]);
    const { data } = await teacher.GET('/api/v1/teachers/{teacherId}/sections/{section}', { params: { path } });
    expect(data!.fillableKeys).toEqual(['educationSchool']);
  });

  test('whoever has to mend has been told', async () => {
    const teacher = await signedIn(demoTeachers['school-returned']);
    await eventually(async () => {
      const { data } = await teacher.GET('/api/v1/notices');
      expect(data!.items.map((each) => each.kind)).toEqual(['case-returned-by-school']);
    }, 'the returned teacher has no notice');
  });

  test('a seeded record is complete when its state says so, and its sealed values open', async () => {
    const teacher = await signedIn(demoTeachers.effective);
    const path = { teacherId: await ownTeacherId(teacher), section: 'contact' };
    const { data } = await teacher.GET('/api/v1/teachers/{teacherId}/completeness', { params: { path } });
    expect(data!.complete).toBe(true);
    const { data: contact } = await teacher.GET('/api/v1/teachers/{teacherId}/sections/{section}', {
      params: { path },
    });
    expect(contact!.entries[0]!.values).toMatchObject({ mobile: expect.stringMatching(/^199\*{4}\d{4}$/) });
  });

  test('people are found by a piece of their name', async () => {
    const school = await signedIn(`info@${demoSchools.primary}`);
    const mine = world.schools.find((each) => each.school.code === demoSchools.primary)!.teachers;
    const piece = [...mine[5]!.person.name].slice(0, 2).join('');
    const { data } = await school.GET('/api/v1/teachers', { params: { query: { q: piece, limit: 100 } } });
    const expected = mine.map((each) => each.person.name).filter((name) => name.includes(piece));
    expect(data!.items.map((each) => each.name).sort()).toEqual(expected.sort());
  });

  test('nothing was set aside, and seeding again does nothing', async () => {
    for (const service of ['identity', 'records', 'review', 'reporting', 'notifications']) {
      const { rows } = await asAdmin(inDatabase(system.adminUrl, `shidang_${service}`), (client) =>
        client.query('select durable, error from dead_letter'),
      );
      expect([service, rows]).toEqual([service, []]);
    }
    const env: NodeJS.ProcessEnv = { PATH: process.env['PATH'] };
    for (const owner of owners) {
      env[`SEED_DATABASE_URL_${owner.toUpperCase()}`] = inDatabase(system.adminUrl, `shidang_${owner}`);
      env[`KEY_FILE_${owner.toUpperCase()}`] = await keyFileOf(system.dir, owner);
    }
    const { stdout } = await promisify(execFile)(process.execPath, [fromRoot('dist/tools/seed/main.js')], { env });
    expect(stdout).toContain('nothing is seeded');
  });

  test('README’s tour runs as it stands', async () => {
    const tour = /```sh tour\n([\s\S]*?)```/.exec(readme)![1]!;
    expect(tour.trim().split('\n')).toHaveLength(10);
    const { stdout, stderr } = await promisify(execFile)('bash', ['--norc', '-euo', 'pipefail', '-c', tour], {
      env: { ...process.env, URL: `${system.url}/api/v1` },
    });
    expect(stderr).toBe('');
    const [assessed, missing, waiting, effective] = stdout.trim().split('\n');
    expect(assessed).toBe('2');
    expect(missing).toMatch(/\p{Script=Han}/u);
    expect(Number(waiting)).toBeGreaterThan(0);
    expect(Number(effective)).toBeGreaterThan(0);
  }, 60_000);
}
