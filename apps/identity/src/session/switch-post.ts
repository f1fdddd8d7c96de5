import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { identityRefusals, PostSwitched, SwitchPost, switchPost } from '@shidang/contracts';
import { audited, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { accountView } from '../account/account-view';
import { callerIn, Callers } from './callers';
import { tokenHash } from './token';

@Controller()
export class SwitchPostHandler {
  constructor(
    private readonly work: Work,
    private readonly callers: Callers,
  ) {}

  /** The session acts in another post of the same account from the next request on. */
  @Handles(switchPost)
  async switch(command: SwitchPost, caller: Caller): Promise<PostSwitched> {
    // the post may be outside the scope of the one left behind
    const account = await this.work.beyond('sign-in', async (_, sql) => {
      const wanted = await callerIn(sql, caller.accountId, command.postId);
      return wanted && accountView(sql, caller.accountId, wanted.post_id);
    });
    const post = account?.posts.find((each) => each.current);
    if (!post) throw identityRefusals.postNotFound({});
    return this.work.as(caller, async (em, sql) => {
      const switched = await sql(
        `update session set post_id = $3, idle_seconds = $4, seen_at = now()
         where token_hash = $1 and account_id = $2 and ended_at is null returning id`,
        [tokenHash(command.token), caller.accountId, post.id, this.callers.idleSeconds(post.role)],
      );
      if (switched.length === 0) throw identityRefusals.sessionEnded({});
      audited(em, { object: `post:${post.id}` });
      return { post };
    });
  }
}
