import { ConsumesMany, type Delivered } from '@shidang/bus';
import { accountActivated, type AccountActivated, type AccountIssued } from '@shidang/contracts';
import { Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { Tally } from '../rollup/tally';
import { currentPaths } from '../teacher/states-table';

type AccountFact = AccountIssued | AccountActivated;

interface Seen {
  account_id: string;
  role: string;
  org_code: string;
  org_path: string;
  issued: boolean;
  activated: boolean;
}

const keyOf = (seen: Pick<Seen, 'account_id' | 'role' | 'org_code'>) =>
  `${seen.account_id} ${seen.role} ${seen.org_code}`;

/** Counts accounts issued and activated, by role and organisation (工作方案 五(四)); an activated one was issued. */
@Controller()
export class CountAccounts {
  constructor(private readonly work: Work) {}

  @ConsumesMany('reporting-count-accounts')
  count(batch: readonly Delivered<AccountFact>[]): Promise<void> {
    const ids = batch.map((message) => message.messageId);
    return this.work.onceEach('rollup', ids, 'reporting-count-accounts', async (_, sql, fresh) => {
      const news = batch.filter((message) => fresh.has(message.messageId));
      const pathNow = await currentPaths(
        sql,
        news.map(({ fact }) => fact.orgPath),
      );
      const told = seenIn(news, pathNow);
      const before = await knownOf(sql, told);
      const tally = new Tally();
      for (const seen of told) {
        const known = before.get(keyOf(seen));
        const path = known?.org_path ?? seen.org_path;
        if (!known) tally.add(path, `accounts-issued:${seen.role}`, '', 1);
        if (seen.activated && !known?.activated) tally.add(path, `accounts-activated:${seen.role}`, '', 1);
      }
      await save(sql, told);
      await tally.write(sql);
    });
  }
}

function seenIn(news: readonly Delivered<AccountFact>[], pathNow: (path: string) => string): Seen[] {
  const seen = new Map<string, Seen>();
  for (const { event, fact } of news) {
    const one: Seen = {
      account_id: fact.accountId,
      role: fact.role,
      org_code: fact.orgCode,
      org_path: pathNow(fact.orgPath),
      issued: true,
      activated: event === accountActivated.subject,
    };
    seen.set(keyOf(one), { ...one, activated: one.activated || (seen.get(keyOf(one))?.activated ?? false) });
  }
  return [...seen.values()];
}

async function knownOf(sql: Sql, told: readonly Seen[]): Promise<Map<string, Seen>> {
  const rows = await sql<Seen>(
    `select account_id, role, org_code, org_path, issued, activated from account_state where account_id = any($1::uuid[])`,
    [told.map((seen) => seen.account_id)],
    'known-accounts',
  );
  return new Map(rows.map((row) => [keyOf(row), row]));
}

async function save(sql: Sql, told: readonly Seen[]): Promise<void> {
  await sql(
    `insert into account_state select * from jsonb_populate_recordset(null::account_state, $1::jsonb)
     on conflict (account_id, role, org_code) do update set activated = account_state.activated or excluded.activated`,
    [JSON.stringify(told)],
    'save-accounts',
  );
}
