import type { Caller } from '@shidang/access';
import { organisationFounded, organisationRenamed, type Actor } from '@shidang/contracts';
import { newId, tell, type Sql, type SqlEntityManager } from '@shidang/persistence';
import type { Organisation } from './organisation.entity';

/** History keeps what an organisation was called and since when. */
export async function recordChange(
  sql: Sql,
  organisation: Organisation,
  change: { what: 'founded' | 'renamed'; formerName?: string; accountId?: string },
): Promise<void> {
  await sql(
    `insert into organisation_change (id, organisation_id, org_path, what, name, former_name, account_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, now())`,
    [
      newId(),
      organisation.id,
      organisation.orgPath,
      change.what,
      organisation.name,
      change.formerName ?? null,
      change.accountId ?? null,
    ],
  );
}

export const actorOf = (caller: Caller): Actor => ({
  accountId: caller.accountId,
  personId: caller.personId,
  role: caller.role,
});

export const tellFounded = (em: SqlEntityManager, founded: Organisation, caller?: Caller): Promise<string> =>
  tell(
    em,
    organisationFounded,
    {
      orgPath: founded.orgPath,
      code: founded.code,
      name: founded.name,
      tier: founded.tier,
      parentCode: founded.parentCode,
      runningType: founded.runningType,
      category: founded.category,
      version: founded.version,
      actor: caller && actorOf(caller),
    },
    founded.id,
  );

export const tellRenamed = (em: SqlEntityManager, renamed: Organisation, caller: Caller): Promise<string> =>
  tell(
    em,
    organisationRenamed,
    {
      orgPath: renamed.orgPath,
      code: renamed.code,
      name: renamed.name,
      version: renamed.version,
      actor: actorOf(caller),
    },
    renamed.id,
  );
