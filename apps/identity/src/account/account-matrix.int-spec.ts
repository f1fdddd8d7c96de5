import { childPath, roles, rootPath, tierOfPath, tiersOfRole, type Caller, type Role } from '@shidang/access';
import {
  endPost,
  grantPost,
  issueSlip,
  listAccounts,
  readAccount,
  unlockAccount,
  updateAccount,
  type RequestContract,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { ServiceSuite } from '@shidang/testing';
import { identity as identityService } from '../identity.service';
import { refusalOf } from '../identity.testing';

const tree: [path: string, code: string][] = [];
const grow = (parent: string, codes: string[]) => codes.map((code) => tree.push([childPath(parent, code), code]));
tree.push([rootPath, '000000']);
grow(rootPath, ['330000', '340000']);
grow('0.33.', ['331100', '330700']);
grow('0.33.3311.', ['331102', '331121', '2133001999']);
grow('0.33.3311.331102.', ['2133001234', '2133001235']);
grow('0.33.3311.331121.', ['2133002234']);

interface Held {
  accountId: string;
  postId: string;
  role: Role;
  path: string;
  code: string;
}

const parentOf = (path: string) =>
  path
    .split('.')
    .slice(0, -2)
    .map((part) => `${part}.`)
    .join('');

/** Written down once more without libs/access: who manages whose account. */
function mayManage(caller: Held, target: Held): boolean {
  if (caller.role !== 'systemAdministrator') return false;
  if (target.path === caller.path) return true;
  return target.role === 'systemAdministrator' && parentOf(target.path) === caller.path;
}

describe('every account route × every role × every place in the tree', () => {
  let suite: ServiceSuite;
  let held: Held[];

  beforeAll(async () => {
    suite = await ServiceSuite.start(identityService);
    held = tree.flatMap(([path, code]) =>
      roles
        .filter((role) => tiersOfRole[role].includes(tierOfPath(path)))
        .map((role) => ({ accountId: newId(), postId: newId(), role, path, code })),
    );
    for (const [path, code] of tree) {
      const tier = tierOfPath(path);
      await suite.rows(
        `insert into organisation (id, code, name, tier, parent_code, org_path, category, founded_at)
         values ($1, $2, $2, $3, (select code from organisation where org_path = $4), $5, $6, now())`,
        [newId(), code, tier, parentOf(path), path, tier === 'school' ? 'primarySecondary' : null],
      );
    }
    for (const { accountId, postId, role, path, code } of held) {
      await suite.rows(
        `insert into account (id, org_path, org_code, login_name, status, sessions_from, created_at) values ($1, $2, $3, $4, 'issued', now(), now())`,
        [accountId, path, code, `${role}@${code}`.toLowerCase()],
      );
      await suite.rows(
        `insert into post (id, account_id, role, tier, org_path, org_code, granted_at) values ($1, $2, $3, $4, $5, $6, now())`,
        [postId, accountId, role, tierOfPath(path), path, code],
      );
    }
  }, 60_000);
  afterAll(() => suite?.stop());

  const callerOf = ({ accountId, postId, role, path, code }: Held): Caller => ({
    accountId,
    postId,
    personId: accountId,
    role,
    tier: tierOfPath(path),
    orgPath: path,
    orgCode: code,
    ...(role === 'teacher' && { teacherId: newId() }),
  });

  /** System administrators of every tier; of the other roles one each per tier is enough, the permission stops them all. */
  const callers = () =>
    held.filter(
      ({ role, code }) =>
        ['331102', '2133001234'].includes(code) || (role === 'systemAdministrator' && /00$/.test(code)),
    );
  /** One of each kind that matters: administrators, users, teachers, in every place of the tree. */
  const targetsOf = (caller: Held) =>
    caller.role === 'systemAdministrator'
      ? [...held.filter(({ role }) => /Administrator|teacher/.test(role)), nobodyElse]
      : held.filter(({ code }) => code === caller.code).slice(0, 2);
  const nobodyElse: Held = {
    accountId: newId(),
    postId: newId(),
    role: 'systemAdministrator',
    path: '0.99.9901.',
    code: '990000',
  };

  /** Answers of the service in place of what the oracle says: empty when they agree everywhere. */
  async function disagreements<Req extends object>(
    contract: RequestContract<Req>,
    payload: (target: Held) => Req,
    expected: (caller: Held, target: Held) => string[],
  ): Promise<string[]> {
    const wrong: string[] = [];
    for (const caller of callers()) {
      await Promise.all(
        targetsOf(caller).map(async (target) => {
          const answer = await refusalOf(suite.ask(contract, payload(target), callerOf(caller)));
          const want = expected(caller, target);
          if (!want.includes(answer))
            wrong.push(
              `${caller.role}@${caller.code} → ${target.role}@${target.code}: ${answer}, not ${want.join('|')}`,
            );
        }),
      );
    }
    return wrong;
  }

  const hidden = (caller: Held) => [
    caller.role === 'systemAdministrator' ? 'identity.account_not_found' : 'request.forbidden',
  ];
  const found = 'was not refused';

  test('read', async () => {
    const wrong = await disagreements(
      readAccount,
      ({ accountId }) => ({ accountId }),
      (caller, target) => (mayManage(caller, target) ? [found] : hidden(caller)),
    );
    expect(wrong).toEqual([]);
  }, 60_000);

  test('unlock', async () => {
    const wrong = await disagreements(
      unlockAccount,
      ({ accountId }) => ({ accountId }),
      (caller, target) => (mayManage(caller, target) ? [found] : hidden(caller)),
    );
    expect(wrong).toEqual([]);
  }, 60_000);

  test('disable, which asks for the version of what one may see only', async () => {
    const wrong = await disagreements(
      updateAccount,
      ({ accountId }) => ({ accountId, status: 'disabled' as const }),
      (caller, target) => (mayManage(caller, target) ? ['request.version_required'] : hidden(caller)),
    );
    expect(wrong).toEqual([]);
  }, 60_000);

  test('new slip', async () => {
    const wrong = await disagreements(
      issueSlip,
      ({ accountId }) => ({ accountId }),
      (caller, target) => {
        if (!mayManage(caller, target)) return hidden(caller);
        return [caller.accountId === target.accountId ? 'identity.not_yourself' : found];
      },
    );
    expect(wrong).toEqual([]);
  }, 60_000);

  test('grant a post of the own organisation', async () => {
    const wrong = await disagreements(
      grantPost,
      ({ accountId }) => ({ accountId, role: 'informationViewer' as const }),
      (caller, target) =>
        mayManage(caller, target) ? [found, 'identity.post_held', 'identity.account_disabled'] : hidden(caller),
    );
    expect(wrong).toEqual([]);
  }, 60_000);

  test('end a post', async () => {
    const wrong = await disagreements(
      endPost,
      ({ accountId, postId }) => ({ accountId, postId }),
      (caller, target) =>
        mayManage(caller, target) ? [found, 'identity.post_not_found', 'identity.not_yourself'] : hidden(caller),
    );
    expect(wrong).toEqual([]);
  }, 60_000);

  test('list', async () => {
    for (const caller of callers().filter((each) => each.role === 'systemAdministrator')) {
      const { items, page } = await suite.ask(listAccounts, { limit: 200 }, callerOf(caller));
      const visible = held.filter((target) => mayManage(caller, target)).map((target) => target.accountId);
      expect(items.map((account) => account.id).sort()).toEqual(visible.sort());
      expect(page.total).toBe(visible.length);
    }
  }, 60_000);
});
