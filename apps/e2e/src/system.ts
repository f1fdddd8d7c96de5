import { startSystem, type RunningSystem } from '@shidang/dev';
import { inventPeople, Random, type InventedPerson } from '@shidang/seed';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Door } from './door';

export const today = new Date().toISOString().slice(0, 10);
export const password = 'Qinghe#8264tan';

/** A whole system of the suite's own: PostgreSQL, NATS, five services, the gateway. Empty but for what the suite does. */
export function aSystem(env: Record<string, string> = {}): Promise<RunningSystem> {
  return startSystem({ throwAway: true, demo: false, port: 0, env: { LOG_LEVEL: 'warn', ...env } });
}

interface Slip {
  accountId: string;
  loginName: string;
  code: string;
  organisation: string;
  role: string;
}

/** Everybody in these scenarios, by post `role@organisation`; grown by issuing accounts step by step (工作方案 五(一)). */
export class People {
  private readonly doors = new Map<string, Door>();
  private readonly persons: InventedPerson[] = inventPeople(new Random('officials'), 400, today);
  private next = 0;

  constructor(readonly system: RunningSystem) {}

  /** Somebody nobody else is. */
  somebody(): InventedPerson {
    return this.persons[this.next++]!;
  }

  at(post: string): Door {
    const door = this.doors.get(post);
    if (!door) throw new Error(`nobody holds ${post} yet`);
    return door;
  }

  /** The first account of the system, by the command line: nobody above could issue it. */
  async first(): Promise<Door> {
    const main = join(process.cwd(), 'dist/apps/identity/src/main.js');
    const { stdout } = await promisify(execFile)(process.execPath, [main, 'admin', 'create', '--json'], {
      env: { ...this.system.env.identity, SHIDANG_SUPERVISED: '0' },
    });
    const slip = JSON.parse(stdout.trim().split('\n').at(-1)!) as Slip;
    return this.activate('systemAdministrator@000000', slip);
  }

  /** Redeems a slip as a new person (or as `person`) and logs in. */
  async activate(post: string, slip: Slip, person: InventedPerson = this.somebody()): Promise<Door> {
    const outside = new Door(this.system.url);
    await outside.must('POST', '/activations', {
      body: { code: slip.code, password, name: person.name, document: person.document },
    });
    const door = await this.logIn(slip.loginName);
    this.doors.set(post, door);
    return door;
  }

  /** A teacher's account is bound to its person already: the slip and a password are enough. */
  async activateTeacher(post: string, slip: Slip): Promise<Door> {
    await new Door(this.system.url).must('POST', '/activations', { body: { code: slip.code, password } });
    const door = await this.logIn(slip.loginName);
    this.doors.set(post, door);
    return door;
  }

  async logIn(loginName: string, secret = password): Promise<Door> {
    const session = await new Door(this.system.url).must<{ token: string }>('POST', '/sessions', {
      body: { loginName, password: secret },
    });
    return new Door(this.system.url, session.body.token);
  }

  /** One account below (system administrators) or of the own organisation, activated. */
  async issue(issuer: string, role: string, organisation: string, person?: InventedPerson): Promise<Door> {
    const { body } = await this.at(issuer).must<Slip>('POST', '/accounts', { body: { role, organisation } });
    return this.activate(`${role}@${organisation}`, body, person);
  }

  /** Founds an organisation below the issuer's and issues its system administrator. */
  async found(parent: string, code: string, name: string, runningType?: string): Promise<void> {
    const above = `systemAdministrator@${parent}`;
    await this.at(above).must('POST', '/organisations', {
      body: { code, name, ...(runningType ? { runningType } : {}) },
    });
    await this.issue(above, 'systemAdministrator', code);
  }

  /** A school with the staff that fills, reviews and reports. */
  async school(parent: string, code: string, name: string, runningType: string): Promise<void> {
    await this.found(parent, code, name, runningType);
    for (const role of ['informationAdministrator', 'principal'])
      await this.issue(`systemAdministrator@${code}`, role, code);
  }
}

export const schools = {
  liandu: '2133110201',
  qingtian: '2133112101',
  cityRun: '3133110001',
} as const;

/**
 * Central → 浙江省 → 丽水市 → 莲都区, 青田县 → a school each, and one school run by the city itself; information
 * administrators at the counties, the city and the schools, a principal at each school.
 */
export async function lishui(system: RunningSystem): Promise<People> {
  const people = new People(system);
  await people.first();
  await people.found('000000', '330000', '浙江省');
  await people.found('330000', '331100', '丽水市');
  await people.found('331100', '331102', '莲都区');
  await people.found('331100', '331121', '青田县');
  for (const code of ['331100', '331102', '331121'])
    await people.issue(`systemAdministrator@${code}`, 'informationAdministrator', code);
  await people.school('331102', schools.liandu, '莲都区实验小学', '211');
  await people.school('331121', schools.qingtian, '青田县实验小学', '211');
  await people.school('331100', schools.cityRun, '丽水市实验学校', '312');
  return people;
}
