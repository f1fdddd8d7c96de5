import { ancestorsOf } from '@shidang/access';
import type { Fact, NoticeKind, PostGranted } from '@shidang/contracts';
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

/** A telling as it is kept for those whose posts are not known yet. */
interface KeptTelling {
  message_id: string;
  kind: NoticeKind;
  actor_id: string | null;
  organisation: string;
  case_id: string | null;
  about_teacher_id: string | null;
  report_id: string | null;
  month: string | null;
  at: Date | string;
}

const keptColumns = 'message_id, kind, actor_id, organisation, case_id, about_teacher_id, report_id, month, at';

/** How long the news of a post may be behind what was told at its place. */
const kept = '2 days';

/** A fact that somebody has to know of. */
export interface ToTell {
  messageId: string;
  fact: Fact;
  telling: Telling;
  about: NoticeSubject;
}

/** Tells each recipient once, whoever did it excepted. Answers whose notices changed. */
export async function giveNotices(sql: Sql, facts: readonly ToTell[]): Promise<Set<string>> {
  const told = new Set<string>();
  await takePlace(sql, facts.flatMap(placesOf));
  for (const fact of facts) {
    const telling = keptTelling(fact);
    for (const audience of fact.telling.to) {
      await keep(sql, telling, audience, fact.fact.orgPath);
      for (const recipient of await recipientsOf(sql, audience)) {
        await give(sql, telling, recipient);
        told.add(recipient.account_id);
      }
    }
  }
  for (const table of ['telling', 'told'])
    await sql(`delete from ${table} where received_at < now() - interval '${kept}'`);
  return told;
}

const placesOf = ({ fact, telling }: ToTell): string[] => [
  fact.orgPath,
  ...telling.to.flatMap((audience) => ('at' in audience ? [audience.at] : [])),
];

const keptTelling = ({ messageId, fact, telling, about }: ToTell): KeptTelling => ({
  message_id: messageId,
  kind: telling.kind,
  actor_id: fact.actor?.accountId ?? null,
  organisation: about.organisation,
  case_id: about.caseId ?? null,
  about_teacher_id: about.teacherId ?? null,
  report_id: about.reportId ?? null,
  month: about.month ?? null,
  at: fact.at,
});

/** A post somebody has taken up. */
type Granted = Pick<PostGranted, 'postId' | 'accountId' | 'role' | 'orgPath' | 'teacherId' | 'at'>;

/** Facts and posts come on two streams, in any order: what was told since a post was granted is told to it now. */
export async function giveMissed(sql: Sql, posts: readonly Granted[]): Promise<void> {
  if (posts.length === 0) return;
  const missed = await sql<KeptTelling & Recipient>(
    `select distinct on (post_id, at, message_id) addressed.* from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::timestamptz[])
       as p (post_id, account_id, role, org_path, teacher_id, since)
     join post live using (post_id)
     cross join lateral (
       select p.post_id, p.account_id, ${keptColumns} from telling where place = p.org_path and role = p.role
       union all select p.post_id, p.account_id, ${keptColumns} from telling where account_id = p.account_id and starts_with(about_path, p.org_path)
       union all select p.post_id, p.account_id, ${keptColumns} from telling where teacher_id = p.teacher_id
     ) addressed
     where not live.ended and addressed.at >= p.since order by post_id, at, message_id`,
    [
      ...[posts.map((post) => post.postId), posts.map((post) => post.accountId), posts.map((post) => post.role)],
      ...[posts.map((post) => post.orgPath), posts.map((post) => post.teacherId ?? null), posts.map((post) => post.at)],
    ],
    'missed',
  );
  for (const telling of missed) await give(sql, telling, telling);
}

/** Who tells at a place and who takes up a post there wait for each other, so that neither misses the other. */
export async function takePlace(sql: Sql, paths: readonly string[]): Promise<void> {
  for (const path of [...new Set(paths)].sort()) {
    await sql(
      `insert into place (org_path) values ($1) on conflict (org_path) do update set org_path = excluded.org_path`,
      [path],
    );
  }
}

/** Unread notices of the same kind and organisation grow; otherwise a new one begins. */
async function give(sql: Sql, telling: KeptTelling, { account_id, post_id }: Recipient): Promise<void> {
  if (account_id === telling.actor_id) return;
  const first = await sql(
    `insert into told (message_id, account_id) values ($1, $2) on conflict do nothing returning account_id`,
    [telling.message_id, account_id],
  );
  if (first.length === 0) return;
  const { kind, organisation, case_id, about_teacher_id, report_id, month, at } = telling;
  const mergeKey = [kind, organisation, month].filter(Boolean).join(':');
  await sql(
    `insert into notice (id, account_id, post_id, kind, merge_key, count, organisation, case_id, teacher_id, report_id, month, at)
     values ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10, $11)
     on conflict (account_id, merge_key) where read_at is null do update set
       count = notice.count + 1,
       case_id = case when excluded.at >= notice.at then excluded.case_id else notice.case_id end,
       teacher_id = case when excluded.at >= notice.at then excluded.teacher_id else notice.teacher_id end,
       report_id = case when excluded.at >= notice.at then excluded.report_id else notice.report_id end,
       at = greatest(excluded.at, notice.at)`,
    [newId(), account_id, post_id, kind, mergeKey, organisation, case_id, about_teacher_id, report_id, month, at],
  );
}

async function keep(sql: Sql, telling: KeptTelling, audience: Audience, aboutPath: string): Promise<void> {
  const to = {
    place: 'at' in audience ? audience.at : null,
    role: 'at' in audience ? audience.role : null,
    account: 'account' in audience ? audience.account : null,
    teacher: 'teacher' in audience ? audience.teacher : null,
  };
  await sql(
    `insert into telling (message_id, kind, place, role, account_id, teacher_id, actor_id, about_path, organisation, case_id,
       about_teacher_id, report_id, month, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[telling.message_id, telling.kind, to.place, to.role, to.account, to.teacher, telling.actor_id, aboutPath],
      ...[
        telling.organisation,
        telling.case_id,
        telling.about_teacher_id,
        telling.report_id,
        telling.month,
        telling.at,
      ],
    ],
  );
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
  return sql<Recipient>(
    `select account_id, post_id from post where org_path = $1 and role = $2 and not ended order by account_id`,
    [audience.at, audience.role],
  );
}
