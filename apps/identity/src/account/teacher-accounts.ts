import { teacherAccountsIssued } from '@shidang/contracts';
import { newId, tell, type Sql, type SqlEntityManager } from '@shidang/persistence';
import type { Organisation } from '../organisation/organisation.entity';
import type { ClaimedPerson } from '../person/person-registry';
import { tellIssued } from './issuing';
import { teacherLoginNames } from './login-name';

/** A teacher of the school who has no account yet, as far as who asks knows. */
export interface Newcomer {
  teacherId: string;
  person: ClaimedPerson;
  registeredBy?: string;
}

interface Made extends Newcomer {
  accountId: string;
  postId: string;
  loginName: string;
}

/** Accounts and posts of teachers of one school, one each, and the news of them: a few statements, however many. */
export async function issueTeacherAccounts(
  em: SqlEntityManager,
  sql: Sql,
  school: Organisation,
  newcomers: readonly Newcomer[],
): Promise<void> {
  const without = await withoutAccount(sql, newcomers);
  const names = await teacherLoginNames(sql, school, without.length);
  const made = without.map((each, at) => ({ ...each, accountId: newId(), postId: newId(), loginName: names[at]! }));
  if (made.length === 0) return;
  await insert(sql, school, made);
  await tellMade(em, school, made);
}

async function withoutAccount(sql: Sql, newcomers: readonly Newcomer[]): Promise<Newcomer[]> {
  const byTeacher = new Map(newcomers.map((each) => [each.teacherId, each]));
  const rows = await sql<{ teacher_id: string }>(
    `select teacher_id from account where teacher_id = any($1::uuid[])`,
    [[...byTeacher.keys()]],
    'teachers-with-account',
  );
  for (const { teacher_id } of rows) byTeacher.delete(teacher_id);
  return [...byTeacher.values()];
}

async function insert(sql: Sql, { orgPath, code, tier }: Organisation, made: readonly Made[]): Promise<void> {
  const accountIds = made.map(({ accountId }) => accountId);
  await sql.together(
    {
      name: 'teacher-accounts',
      text: `insert into account (id, org_path, org_code, login_name, name, person_id, teacher_id, status, sessions_from, created_at)
        select m.id, $1, $2, m.login_name, m.name, m.person, m.teacher, 'issued', now(), now()
        from unnest($3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::uuid[]) as m (id, login_name, name, person, teacher)`,
      params: [
        ...[orgPath, code, accountIds, made.map(({ loginName }) => loginName), made.map(({ person }) => person.name)],
        ...[made.map(({ person }) => person.id), made.map(({ teacherId }) => teacherId)],
      ],
    },
    {
      name: 'teacher-posts',
      text: `insert into post (id, account_id, role, tier, org_path, org_code, granted_by, granted_at)
        select m.id, m.account, 'teacher', $1, $2, $3, m.granted_by, now()
        from unnest($4::uuid[], $5::uuid[], $6::uuid[]) as m (id, account, granted_by)`,
      params: [
        ...[tier, orgPath, code, made.map(({ postId }) => postId), accountIds],
        made.map(({ registeredBy }) => registeredBy ?? null),
      ],
    },
  );
}

/** The news of one account is what every other account is told with; several together are one fact. */
async function tellMade(em: SqlEntityManager, school: Organisation, made: readonly Made[]): Promise<void> {
  const { orgPath, code: orgCode, tier } = school;
  const [one, ...others] = made;
  if (one && others.length === 0) {
    const { accountId: id, person, teacherId, postId } = one;
    const post = { id: postId, role: 'teacher', tier, orgPath, orgCode, version: 1 } as const;
    await tellIssued(em, { id, personId: person.id, teacherId }, post);
    return;
  }
  const accounts = made.map(({ accountId, postId, person, teacherId }) => ({
    ...{ accountId, postId, personId: person.id, teacherId, version: 1 },
  }));
  await tell(em, teacherAccountsIssued, { orgPath, orgCode, accounts }, newId());
}
