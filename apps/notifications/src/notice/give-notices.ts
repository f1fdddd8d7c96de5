import { ancestorsOf } from '@shidang/access';
import type { Fact } from '@shidang/contracts';
import { newId, type Sql } from '@shidang/persistence';
import type { Audience, Telling } from './audience';

/** Ids a notice leads to; never words or names. */
export interface NoticeSubject {
  organisation: string;
  caseId?: string;
  teacherId?: string;
  reportId?: string;
  month?: string;
}

interface Recipient {
  account_id: string;
  post_id: string;
}

/** Tells each recipient once, whoever did it excepted; unread ones of the same kind and organisation grow instead. */
export async function giveNotices(sql: Sql, fact: Fact, { kind, to }: Telling, about: NoticeSubject): Promise<void> {
  const recipients = new Map<string, string>();
  for (const audience of to) {
    for (const { account_id, post_id } of await recipientsOf(sql, audience)) {
      if (account_id !== fact.actor?.accountId && !recipients.has(account_id)) recipients.set(account_id, post_id);
    }
  }
  const mergeKey = [kind, about.organisation, about.month].filter(Boolean).join(':');
  for (const [account, post] of [...recipients].sort()) {
    await sql(
      `insert into notice (id, account_id, post_id, kind, merge_key, count, organisation, case_id, teacher_id, report_id, month, at)
       values ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10, $11)
       on conflict (account_id, merge_key) where read_at is null do update set
         count = notice.count + 1,
         case_id = case when excluded.at >= notice.at then excluded.case_id else notice.case_id end,
         teacher_id = case when excluded.at >= notice.at then excluded.teacher_id else notice.teacher_id end,
         report_id = case when excluded.at >= notice.at then excluded.report_id else notice.report_id end,
         at = greatest(excluded.at, notice.at)`,
      [
        newId(),
        account,
        post,
        kind,
        mergeKey,
        about.organisation,
        about.caseId ?? null,
        about.teacherId ?? null,
        about.reportId ?? null,
        about.month ?? null,
        fact.at,
      ],
    );
  }
}

function recipientsOf(sql: Sql, audience: Audience): Promise<Recipient[]> {
  if ('teacher' in audience) {
    return sql<Recipient>(`select account_id, post_id from post where teacher_id = $1 and not ended`, [
      audience.teacher,
    ]);
  }
  if ('account' in audience) {
    // only while the account holds a post from which it still sees the school
    return sql<Recipient>(
      `select account_id, post_id from post where account_id = $1 and not ended and org_path = any ($2) order by org_path desc limit 1`,
      [audience.account, [audience.about, ...ancestorsOf(audience.about)]],
    );
  }
  return sql<Recipient>(`select account_id, post_id from post where org_path = $1 and role = $2 and not ended`, [
    audience.at,
    audience.role,
  ]);
}
