import { codeOfPath, parentPath, tierOfPath } from '@shidang/access';
import { Consumes } from '@shidang/bus';
import {
  organisationFounded,
  organisationMoved,
  organisationRenamed,
  type OrganisationFounded,
  type OrganisationMoved,
  type OrganisationRenamed,
} from '@shidang/contracts';
import { Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';

const durable = 'review-keep-organisations';

/** Columns that begin with the path of an organisation and move along with it. */
const paths = [
  ['organisation', 'org_path'],
  ['principal_post', 'org_path'],
  ['account_person', 'org_path'],
  ['review_case', 'org_path'],
  ['review_case', 'turn_org_path'],
  ['case_decision', 'org_path'],
  ['upward_submission', 'org_path'],
  ['receipt_number', 'org_path'],
  ['review_batch', 'org_path'],
  ['review_batch_item', 'org_path'],
] as const;

/** Names and paths of organisations. Codes are public; nothing about people is kept here. */
@Controller()
export class KeepOrganisations {
  constructor(private readonly work: Work) {}

  @Consumes(organisationFounded, durable)
  founded(fact: OrganisationFounded, messageId: string): Promise<void> {
    return this.once(messageId, (sql) => keep(sql, fact));
  }

  @Consumes(organisationRenamed, durable)
  renamed(fact: OrganisationRenamed, messageId: string): Promise<void> {
    return this.once(messageId, (sql) => keep(sql, fact));
  }

  @Consumes(organisationMoved, durable)
  moved(fact: OrganisationMoved, messageId: string): Promise<void> {
    return this.once(messageId, async (sql) => {
      for (const [table, column] of paths) {
        await sql(
          `update ${table} set ${column} = $2 || substr(${column}, length($1) + 1) where ${column} >= $1 and ${column} < $3`,
          [fact.fromPath, fact.orgPath, `${fact.fromPath.slice(0, -1)}/`],
        );
      }
      await sql(`update organisation set parent_code = $2, version = greatest(version, $3) where code = $1`, [
        fact.code,
        fact.parentCode,
        fact.version,
      ]);
      // the moved school's turn may be its authority's, which is another one now
      const from = parentPath(fact.fromPath);
      const to = parentPath(fact.orgPath);
      await sql(`update review_case set turn_org_path = $3 where org_path = $1 and turn_org_path = $2`, [
        fact.orgPath,
        from,
        to,
      ]);
    });
  }

  private once(messageId: string, apply: (sql: Sql) => Promise<void>): Promise<void> {
    return this.work.onceEach('replicate', [messageId], durable, async (_, sql, fresh) => {
      if (fresh.size > 0) await apply(sql);
    });
  }
}

/** Founded and renamed in any order: the newest name stays. */
async function keep(sql: Sql, fact: OrganisationFounded | OrganisationRenamed): Promise<void> {
  const parent = parentPath(fact.orgPath);
  await sql(
    `insert into organisation (code, name, tier, org_path, parent_code, version) values ($1, $2, $3, $4, $5, $6)
     on conflict (code) do update set name = excluded.name, version = excluded.version
     where organisation.version < excluded.version`,
    [fact.code, fact.name, tierOfPath(fact.orgPath), fact.orgPath, parent ? codeOfPath(parent) : null, fact.version],
  );
}
