import { ConsumesMany, type Delivered } from '@shidang/bus';
import {
  accountActivated,
  type AccountActivated,
  type AccountIssued,
  type TeacherAccountsIssued,
} from '@shidang/contracts';
import { Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { Tally } from '../rollup/tally';
import { currentPaths } from '../teacher/states-table';

type AccountFact = AccountIssued | TeacherAccountsIssued | AccountActivated;

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
      const tally = new Tally();
      for (const { role, org_path } of await issue(sql, told)) tally.add(org_path, `accounts-issued:${role}`, '', 1);
      for (const { role, org_path } of await activate(sql, told))
        tally.add(org_path, `accounts-activated:${role}`, '', 1);
      await tally.write(sql);
    });
  }
}

function seenIn(news: readonly Delivered<AccountFact>[], pathNow: (path: string) => string): Seen[] {
  const seen = new Map<string, Seen>();
  for (const { event, fact } of news) {
    const activated = event === accountActivated.subject;
    for (const { accountId: account_id, role } of accountsIn(fact)) {
      const one = {
        account_id,
        role,
        org_code: fact.orgCode,
        org_path: pathNow(fact.orgPath),
        issued: true,
        activated,
      };
      seen.set(keyOf(one), { ...one, activated: activated || (seen.get(keyOf(one))?.activated ?? false) });
    }
  }
  return [...seen.values()];
}

const accountsIn = (fact: AccountFact): readonly { accountId: string; role: string }[] =>
  'accounts' in fact ? fact.accounts.map(({ accountId }) => ({ accountId, role: 'teacher' })) : [fact];

type Counted = Pick<Seen, 'role' | 'org_path'>;

/** Those nobody had counted yet: what the other replica writes at this moment is waited for, and not counted twice. */
const issue = (sql: Sql, told: readonly Seen[]): Promise<Counted[]> =>
  sql<Counted>(
    `insert into account_state select * from jsonb_populate_recordset(null::account_state, $1::jsonb) order by account_id, role, org_code
     on conflict do nothing returning role, org_path`,
    [JSON.stringify(told.map((seen) => ({ ...seen, activated: false })))],
    'issue-accounts',
  );

const activate = (sql: Sql, told: readonly Seen[]): Promise<Counted[]> =>
  sql<Counted>(
    `update account_state s set activated = true
     from (select k.account_id, k.role, k.org_code from account_state k
       join jsonb_populate_recordset(null::account_state, $1::jsonb) t using (account_id, role, org_code)
       where not k.activated order by 1, 2, 3 for update of k) n
     where (s.account_id, s.role, s.org_code) = (n.account_id, n.role, n.org_code)
     returning s.role, s.org_path`,
    [JSON.stringify(told.filter((seen) => seen.activated))],
    'activate-accounts',
  );
