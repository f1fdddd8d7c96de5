import { inventPeople, Random, type InventedPerson } from '@shidang/seed';
import { Door } from './door';

export const today = new Date().toISOString().slice(0, 10);
export const password = 'Qinghe#8264tan';

export interface Slip {
  accountId: string;
  loginName: string;
  code: string;
}

/** People of all scenarios, in blocks of this many: no two scenarios use the same person. */
const blockSize = 150;
export const blocks = {
  officials: 0,
  accounts: 1,
  teachers: 2,
  collection: 3,
  progress: 4,
  maintenance: 5,
  query: 6,
  workbook: 7,
  scope: 8,
  faults: 9,
  cluster: 10,
  attack: 11,
  tracing: 12,
} as const;
let everybody: InventedPerson[] | undefined;

function block(name: keyof typeof blocks): InventedPerson[] {
  everybody ??= inventPeople(new Random('officials'), blockSize * Object.keys(blocks).length, today, '331197');
  return everybody.slice(blocks[name] * blockSize, (blocks[name] + 1) * blockSize);
}

/** Everybody in a scenario, by post `role@organisation`; grown by issuing accounts step by step (工作方案 五(一)). */
export class People {
  private readonly doors = new Map<string, Door>();
  private readonly persons: InventedPerson[];
  private next = 0;

  constructor(
    readonly url: string,
    name: keyof typeof blocks,
    tokens: Readonly<Record<string, string>> = {},
  ) {
    this.persons = block(name);
    for (const [post, token] of Object.entries(tokens)) this.doors.set(post, new Door(url, token));
  }

  tokens(): Record<string, string> {
    return Object.fromEntries([...this.doors].map(([post, door]) => [post, door.token!]));
  }

  posts(): string[] {
    return [...this.doors.keys()];
  }

  /** Somebody nobody else is. */
  somebody(): InventedPerson {
    const person = this.persons[this.next++];
    if (!person) throw new Error(`the block of people is used up: raise blockSize`);
    return person;
  }

  at(post: string): Door {
    const door = this.doors.get(post);
    if (!door) throw new Error(`nobody holds ${post} yet`);
    return door;
  }

  /** Redeems a slip as a new person (or as `person`) and logs in. */
  async activate(post: string, slip: Slip, person: InventedPerson = this.somebody()): Promise<Door> {
    return this.redeem(post, slip, { name: person.name, document: person.document });
  }

  /** A teacher's account is bound to its person already: the slip and a password are enough. */
  activateTeacher(post: string, slip: Slip): Promise<Door> {
    return this.redeem(post, slip, {});
  }

  async logIn(loginName: string, secret = password): Promise<Door> {
    const session = await new Door(this.url).must<{ token: string }>('POST', '/sessions', {
      body: { loginName, password: secret },
    });
    return new Door(this.url, session.body.token);
  }

  /** One account below (system administrators) or of the own organisation, activated. */
  async issue(issuer: string, role: string, organisation: string, person?: InventedPerson): Promise<Door> {
    const { body } = await this.at(issuer).must<Slip>('POST', '/accounts', { body: { role, organisation } });
    return this.activate(`${role}@${organisation}`, body, person);
  }

  /** Founds an organisation below the issuer's and issues its system administrator. */
  async found(parent: string, code: string, name: string, runningType?: string): Promise<void> {
    const above = `systemAdministrator@${parent}`;
    const body = { code, name, ...(runningType ? { runningType } : {}) };
    await this.at(above).must('POST', '/organisations', { body });
    await this.issue(above, 'systemAdministrator', code);
  }

  /** A school with the staff that fills, reviews and reports. */
  async school(parent: string, code: string, name: string, runningType: string): Promise<void> {
    await this.found(parent, code, name, runningType);
    const roles = ['informationAdministrator', 'principal'];
    await Promise.all(roles.map((role) => this.issue(`systemAdministrator@${code}`, role, code)));
  }

  private async redeem(post: string, slip: Slip, who: object): Promise<Door> {
    await new Door(this.url).must('POST', '/activations', { body: { code: slip.code, password, ...who } });
    const door = await this.logIn(slip.loginName);
    this.doors.set(post, door);
    return door;
  }
}
