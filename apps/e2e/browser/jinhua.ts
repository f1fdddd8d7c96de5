import { demoPassword, inventPeople, Random, type InventedPerson } from '@shidang/seed';
import { Door } from '../src/door';

/** A city of the demo in which nobody has begun: no other script comes here. */
export const city = { code: '330700', admin: 'sys@330700' };

export const counties = [
  ['330702', '婺城区教育局'],
  ['330703', '金东区教育局'],
  ['330723', '武义县教育局'],
  ['330726', '浦江县教育局'],
  ['330727', '磐安县教育局'],
  ['330781', '兰溪市教育局'],
  ['330782', '义乌市教育局'],
  ['330783', '东阳市教育局'],
  ['330784', '永康市教育局'],
] as const;

export interface PrintedSlip {
  accountId: string;
  loginName: string;
  code: string;
}

/** People of these scripts, each for one account; every script begins at another one. */
export function* jinhuaPeople(first: number): Generator<InventedPerson, never> {
  const everybody = inventPeople(new Random('jinhua'), 60, new Date().toISOString().slice(0, 10), '331196');
  yield* everybody.slice(first);
  throw new Error('the people of this script are used up');
}

export async function logIn(url: string, loginName: string, password = demoPassword): Promise<Door> {
  const session = await new Door(url).must<{ token: string }>('POST', '/sessions', {
    body: { loginName, password },
  });
  return new Door(url, session.body.token);
}

export async function activate(url: string, slip: PrintedSlip, { name, document }: InventedPerson): Promise<Door> {
  const body = { code: slip.code, password: demoPassword, name, document };
  await new Door(url).must('POST', '/activations', { body });
  return logIn(url, slip.loginName);
}

/** A city's system administrator at work: his province issues the slip, he activates it. */
export async function beginCity(url: string, code: string, person: InventedPerson): Promise<Door> {
  const province = await logIn(url, 'sys@330000');
  const found = await province.must<{ items: { id: string }[] }>('GET', `/accounts?loginName=sys@${code}`);
  const slip = await province.must<PrintedSlip>('POST', `/accounts/${found.body.items[0]!.id}/activation-slips`);
  return activate(url, slip.body, person);
}

/** Its nine counties founded, one of them with an account already. */
export async function foundCounties(admin: Door): Promise<void> {
  for (const [code, name] of counties) await admin.must('POST', '/organisations', { body: { code, name } });
  await admin.must('POST', '/account-batches', { body: { organisations: ['330702'], role: 'systemAdministrator' } });
}
