import { ConsumesMany, type Delivered } from '@shidang/bus';
import type { PostEnded, PostGranted, TeacherAccountsIssued } from '@shidang/contracts';
import { Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { giveMissed, takePlace } from '../notice/give-notices';
import { inWaves, postsIn, type PostTold } from './told-posts';

const durable = 'notifications-keep-posts';

/** Roles that are ever told anything; of the others nothing is kept. */
const told: readonly string[] = ['principal', 'informationAdministrator', 'teacher'];

/** Keeps who holds which post. With the post go its notices and the urgings addressed to it: nobody reads on about a place that is no longer his. */
@Controller()
export class KeepPosts {
  constructor(private readonly work: Work) {}

  @ConsumesMany(durable)
  async keep(batch: readonly Delivered<PostGranted | PostEnded | TeacherAccountsIssued>[]): Promise<void> {
    const posts = batch.flatMap(postsIn).filter(({ role }) => told.includes(role));
    if (posts.length === 0) return;
    const ids = [...new Set(posts.map(({ messageId }) => messageId))];
    await this.work.onceEach('replicate', ids, durable, async (_, sql, fresh) => {
      const news = posts.filter(({ messageId }) => fresh.has(messageId));
      await takePlace(
        sql,
        news.flatMap(({ ended, orgPath }) => (ended ? [] : [orgPath])),
      );
      for (const wave of inWaves(news)) await apply(sql, wave);
    });
  }
}

/** Facts of different posts. */
async function apply(sql: Sql, wave: readonly PostTold[]): Promise<void> {
  const changed = await put(sql, wave);
  const over = wave.flatMap(({ postId, ended }) => (ended && changed.has(postId) ? [postId] : []));
  if (over.length > 0) {
    await sql(`delete from notice where post_id = any($1::uuid[])`, [over]);
    await sql(`update urging_recipient set ended_at = now() where post_id = any($1::uuid[]) and ended_at is null`, [
      over,
    ]);
  }
  await giveMissed(
    sql,
    wave.filter(({ ended }) => !ended),
  );
}

/** Newest version wins, so that the end of a post is not undone by its late beginning; answers those that were not newer already. */
async function put(sql: Sql, posts: readonly PostTold[]): Promise<ReadonlySet<string>> {
  const changed = await sql<{ post_id: string }>(
    `insert into post (post_id, account_id, role, org_path, teacher_id, ended, version)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::boolean[], $7::int[]) as p (id) order by id
     on conflict (post_id) do update set org_path = excluded.org_path, ended = excluded.ended, version = excluded.version,
       teacher_id = coalesce(excluded.teacher_id, post.teacher_id)
     where post.version < excluded.version returning post_id`,
    [
      ...[posts.map((post) => post.postId), posts.map((post) => post.accountId), posts.map((post) => post.role)],
      ...[posts.map((post) => post.orgPath), posts.map((post) => post.teacherId ?? null)],
      ...[posts.map((post) => post.ended), posts.map((post) => post.version)],
    ],
    'put-posts',
  );
  return new Set(changed.map(({ post_id }) => post_id));
}
