import type { NoticeKind } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';

interface Told {
  readonly kind: NoticeKind;
  readonly urgingId: string;
  readonly organisation: string;
  readonly at: Date;
}

interface Reader {
  account_id: string;
  post_id: string;
}

/** One unread notice per person and kind, whatever number of urgings it stands for; accounts in order, so that none wait in a circle. */
export async function tellUrged(
  sql: Sql,
  { kind, urgingId, organisation, at }: Told,
  readers: readonly Reader[],
): Promise<void> {
  const inOrder = [...readers].sort((one, other) => (one.account_id < other.account_id ? -1 : 1));
  await sql(
    `insert into notice (id, account_id, post_id, kind, merge_key, count, organisation, urging_id, at)
     select gen_random_uuid(), account_id, post_id, $1::text, $1::text, 1, $2, $3, $4
     from unnest($5::uuid[], $6::uuid[]) as reader (account_id, post_id)
     on conflict (account_id, merge_key) where read_at is null do update set
       count = notice.count + 1, organisation = excluded.organisation, urging_id = excluded.urging_id,
       at = greatest(excluded.at, notice.at)`,
    [
      ...[kind, organisation, urgingId, at],
      ...[inOrder.map(({ account_id }) => account_id), inOrder.map(({ post_id }) => post_id)],
    ],
  );
}
