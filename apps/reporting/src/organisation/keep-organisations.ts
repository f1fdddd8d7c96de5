import { ConsumesMany, type Delivered } from '@shidang/bus';
import {
  organisationFounded,
  organisationMoved,
  organisationRenamed,
  type OrganisationFounded,
  type OrganisationMoved,
  type OrganisationRenamed,
} from '@shidang/contracts';
import { codeOfPath, tierOfPath } from '@shidang/access';
import { Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { parentOf, Tally } from '../rollup/tally';
import { moveSubtree } from './move-subtree';

type OrganisationFact = OrganisationFounded | OrganisationRenamed | OrganisationMoved;

/** The tree as identity tells it; a school that comes into it counts in every tier above. */
@Controller()
export class KeepOrganisations {
  constructor(private readonly work: Work) {}

  @ConsumesMany('reporting-keep-organisations')
  keep(batch: readonly Delivered<OrganisationFact>[]): Promise<void> {
    const ids = batch.map((message) => message.messageId);
    return this.work.onceEach('rollup', ids, 'reporting-keep-organisations', async (_, sql, fresh) => {
      const tally = new Tally();
      for (const { messageId, event, fact } of batch) if (fresh.has(messageId)) await apply(sql, tally, event, fact);
      await tally.write(sql);
    });
  }
}

async function apply(sql: Sql, tally: Tally, event: string, fact: OrganisationFact): Promise<void> {
  switch (event) {
    case organisationFounded.subject:
      return known(sql, tally, fact as OrganisationFounded);
    case organisationRenamed.subject:
      return known(sql, tally, fact as OrganisationRenamed);
    case organisationMoved.subject:
      return moveSubtree(sql, tally, fact as OrganisationMoved);
    default:
      throw new Error(`nothing is known of ${event}`);
  }
}

/** Founded and renamed may come in either order: the path tells tier and parent, the newest version the name. */
async function known(
  sql: Sql,
  tally: Tally,
  fact: Pick<OrganisationFounded, 'orgPath' | 'code' | 'name' | 'version' | 'category'>,
): Promise<void> {
  const tier = tierOfPath(fact.orgPath);
  const parent = parentOf(fact.orgPath);
  const [row] = await sql<{ made: boolean }>(
    `insert into organisation (code, name, tier, org_path, parent_code, category, version) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (code) do update set
       name = case when excluded.version > organisation.version then excluded.name else organisation.name end,
       category = coalesce(organisation.category, excluded.category),
       version = greatest(organisation.version, excluded.version)
     returning xmax = 0 as made`,
    [fact.code, fact.name, tier, fact.orgPath, parent ? codeOfPath(parent) : null, fact.category ?? null, fact.version],
    'keep-organisation',
  );
  if (row?.made && tier === 'school') tally.add(fact.orgPath, 'schools', '', 1);
}
