import { IsUUID } from 'class-validator';
import { request } from '../contract';
import { AccountView } from './fields';

/** Requests in this post are refused from now on; the account and its other posts stay. */
export class EndPost {
  @IsUUID() accountId!: string;
  @IsUUID() postId!: string;
}

export const endPost = request('identity.post.end', {
  permission: 'account.manage',
  effect: 'write',
  request: EndPost,
  reply: AccountView,
});
