import { mayIssue, roles, type Caller, type Role, type Tier } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  AccountCoveragePage,
  ListAccountCoverage,
  listAccountCoverage,
  type AccountCoverage,
  type AccountState,
} from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { accountState, livePost } from './account-view';

interface Place {
  code: string;
  name: string;
  tier: Tier;
  org_path: string;
}

interface Held {
  org_path: string;
  role: Role;
  n: string;
  states: AccountState[];
}

/** The best account of a role stands for it. */
const best: readonly AccountState[] = ['active', 'locked', 'waiting', 'expired', 'unissued', 'disabled'];

const below = `from organisation o where o.parent_code = $1 and ($2::text is null or o.tier = $2)
  and ($3::text is null or position($3 in o.name) > 0 or left(o.code, length($3)) = $3)
  and ($4::text is null or not exists (select 1 from post p join account a on a.id = p.account_id
    where p.org_path = o.org_path and p.role = 'systemAdministrator' and a.status <> 'disabled' and ${livePost}))`;

@Controller()
export class ListAccountCoverageHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** One query for the organisations of the page, one for all their accounts. */
  @Handles(listAccountCoverage)
  list(query: ListAccountCoverage, caller: Caller): Promise<AccountCoveragePage> {
    const owner = { list: listAccountCoverage.name, accountId: caller.accountId };
    const after = openCursor<string>(this.vault, query.cursor, owner) ?? '';
    return this.work.read(caller, async (_, sql) => {
      const limit = query.limit ?? 20;
      const { tier = null, lacking = null } = query;
      const filter = [caller.orgCode, tier, query.q?.normalize('NFC').trim() || null, lacking];
      const [count] = await sql<{ n: string }>(`select count(*) as n ${below}`, filter, 'coverage-count');
      const places = await sql<Place & Record<string, unknown>>(
        `select o.code, o.name, o.tier, o.org_path ${below} and o.code > $5 order by o.code limit $6`,
        [...filter, after, limit + 1],
        'coverage-organisations',
      );
      const [here] = await sql<Place & Record<string, unknown>>(
        `select code, name, tier, org_path from organisation where org_path = $1`,
        [caller.orgPath],
      );
      const page = places.slice(0, limit);
      const [own, ...items] = await this.covered(sql, caller, [here!, ...page]);
      const next = places.length > limit ? sealCursor(this.vault, page.at(-1)!.code, owner) : undefined;
      return { own: own!, items, page: { next, total: Number(count?.n ?? 0), totalIsExact: true } };
    });
  }

  private async covered(sql: Sql, caller: Caller, places: readonly Place[]): Promise<AccountCoverage[]> {
    const rows = await sql<Held & Record<string, unknown>>(
      `select p.org_path, p.role, count(*) as n, array_agg(distinct ${accountState}) as states
       from post p join account a on a.id = p.account_id where p.org_path = any($1) and ${livePost} group by p.org_path, p.role`,
      [places.map((place) => place.org_path)],
      'coverage-accounts',
    );
    const held = new Map(rows.map((row) => [`${row.role}@${row.org_path}`, row]));
    return places.map((place) => ({
      organisation: place.code,
      organisationName: place.name,
      tier: place.tier,
      roles: rolesAt(caller, place).map((role) => cellOf(role, held.get(`${role}@${place.org_path}`))),
    }));
  }
}

const rolesAt = (caller: Caller, { org_path: orgPath, tier }: Place): Role[] =>
  roles.filter((role) => role !== 'teacher' && mayIssue(caller, { role, orgPath, tier }));

const cellOf = (role: Role, held?: Held) => ({
  role,
  state: best.find((state) => held?.states.includes(state)),
  accounts: Number(held?.n ?? 0),
  free: !held || held.states.every((state) => state === 'disabled'),
});
