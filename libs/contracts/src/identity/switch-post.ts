import { Type } from 'class-transformer';
import { IsString, IsUUID, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { PostView } from './fields';

/** One log-in, several posts: which of them this session acts in from now on. */
export class SwitchPost {
  @IsUUID() postId!: string;
  /** The session's own token, filled in by the gateway. */
  @IsString() token!: string;
}

export class PostSwitched {
  @ValidateNested() @Type(() => PostView) post!: PostView;
}

export const switchPost = request('identity.post.switch', {
  permission: 'self.session',
  effect: 'write',
  request: SwitchPost,
  reply: PostSwitched,
});
