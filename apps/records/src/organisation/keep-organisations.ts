import { rangeOf } from '@shidang/access';
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
import { placeOf } from './place';

const durable = 'records-keep-organisations';

/** Everything of a school goes with it when its authority changes. */
const moving = [
  'organisation',
  'teacher',
  'gram',
  'entry',
  'entry_version',
  'submission',
  'submission_review',
  'effective_version',
  'change_request',
  'correction',
  'kept_columns',
  'kept_header',
] as const;

/** A replica of identity's tree: names for lists, categories for templates. Older versions are dropped. */
@Controller()
export class KeepOrganisationsConsumer {
  constructor(private readonly work: Work) {}

  @Consumes(organisationFounded, durable)
  async found(fact: OrganisationFounded, messageId: string): Promise<void> {
    await this.work.onceEach('replicate', [messageId], durable, async (_, sql, fresh) => {
      if (fresh.size === 0) return;
      await sql(
        `insert into organisation (code, name, tier, org_path, parent_code, category, version) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (code) do nothing`,
        [fact.code, fact.name, fact.tier, fact.orgPath, fact.parentCode ?? null, fact.category ?? null, fact.version],
      );
    });
  }

  @Consumes(organisationRenamed, durable)
  async rename(fact: OrganisationRenamed, messageId: string): Promise<void> {
    await this.work.onceEach('replicate', [messageId], durable, async (_, sql, fresh) => {
      if (fresh.size === 0) return;
      await mustBeKnown(sql, fact.code);
      await sql(`update organisation set name = $2, version = $3 where code = $1 and version < $3`, [
        fact.code,
        fact.name,
        fact.version,
      ]);
    });
  }

  /** One prefix is rewritten in every table; list columns of county and city follow the new path. */
  @Consumes(organisationMoved, durable)
  async move(fact: OrganisationMoved, messageId: string): Promise<void> {
    await this.work.onceEach('replicate', [messageId], durable, async (_, sql, fresh) => {
      if (fresh.size === 0) return;
      await mustBeKnown(sql, fact.code);
      const moved = await sql(
        `update organisation set parent_code = $2, version = $3 where code = $1 and version < $3 returning code`,
        [fact.code, fact.parentCode, fact.version],
      );
      if (moved.length === 0) return;
      const { low, high } = rangeOf(fact.fromPath);
      for (const table of moving) {
        await sql(
          `update "${table}" set org_path = $3 || substr(org_path, $4) where org_path >= $1 and org_path < $2`,
          [low, high, fact.orgPath, fact.fromPath.length + 1],
        );
      }
      await replace(sql, fact.orgPath);
    });
  }
}

/** Facts come in any order: a change of what has not arrived yet is tried again. */
async function mustBeKnown(sql: Sql, code: string): Promise<void> {
  const known = await sql(`select code from organisation where code = $1`, [code]);
  if (known.length === 0) throw new Error(`organisation ${code} has not arrived yet`);
}

async function replace(sql: Sql, path: string): Promise<void> {
  const { low, high } = rangeOf(path);
  const schools = await sql<{ org_path: string }>(
    `select distinct org_path from teacher where org_path >= $1 and org_path < $2`,
    [low, high],
  );
  for (const school of schools) {
    const { county, city } = placeOf(school.org_path);
    for (const table of ['teacher', 'gram'])
      await sql(`update ${table} set county = $2, city = $3 where org_path = $1`, [school.org_path, county, city]);
  }
}
