import { Consumes } from '@shidang/bus';
import { postEnded, postGranted, type PostEnded, type PostGranted } from '@shidang/contracts';
import { Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { giveMissed, takePlace } from '../notice/give-notices';

const durable = 'notifications-keep-posts';

/** Roles that are ever told anything; of the others nothing is kept. */
const told: readonly string[] = ['principal', 'informationAdministrator', 'teacher'];

/** Keeps who holds which post. With the post go its notices and the urgings addressed to it: nobody reads on about a place that is no longer his. */
@Controller()
export class KeepPosts {
  constructor(private readonly work: Work) {}

  @Consumes(postGranted, durable)
  granted(post: PostGranted, messageId: string): Promise<void> {
    return this.keep(messageId, post, async (sql) => {
      await takePlace(sql, [post.orgPath]);
      await put(sql, post, { ended: false, teacherId: post.teacherId });
      await giveMissed(sql, post);
    });
  }

  @Consumes(postEnded, durable)
  ended(post: PostEnded, messageId: string): Promise<void> {
    return this.keep(messageId, post, async (sql) => {
      if (!(await put(sql, post, { ended: true }))) return;
      await sql(`delete from notice where post_id = $1`, [post.postId]);
      await sql(`update urging_recipient set ended_at = now() where post_id = $1 and ended_at is null`, [post.postId]);
    });
  }

  private async keep(
    messageId: string,
    post: PostGranted | PostEnded,
    apply: (sql: Sql) => Promise<void>,
  ): Promise<void> {
    if (!told.includes(post.role)) return;
    await this.work.onceEach('replicate', [messageId], durable, async (_, sql, fresh) => {
      if (fresh.size > 0) await apply(sql);
    });
  }
}

/** Newest version wins, so that the end of a post is not undone by its late beginning; false for an older one. */
async function put(
  sql: Sql,
  post: PostGranted | PostEnded,
  { ended, teacherId }: { ended: boolean; teacherId?: string },
): Promise<boolean> {
  const changed = await sql(
    `insert into post (post_id, account_id, role, org_path, teacher_id, ended, version) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (post_id) do update set org_path = excluded.org_path, ended = excluded.ended, version = excluded.version,
       teacher_id = coalesce(excluded.teacher_id, post.teacher_id)
     where post.version < excluded.version returning post_id`,
    [post.postId, post.accountId, post.role, post.orgPath, teacherId ?? null, ended, post.version],
  );
  return changed.length > 0;
}
