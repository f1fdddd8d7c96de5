import type { Delivered } from '@shidang/bus';
import { postEnded, type PostEnded, type PostGranted, type TeacherAccountsIssued } from '@shidang/contracts';

/** What one fact says of one post. */
export interface PostTold {
  messageId: string;
  postId: string;
  accountId: string;
  role: string;
  orgPath: string;
  teacherId?: string;
  ended: boolean;
  version: number;
  at: string;
}

type PostFact = PostGranted | PostEnded | TeacherAccountsIssued;

/** A fact of one post, or of a school's new teachers with theirs. */
export function postsIn({ messageId, event, fact }: Delivered<PostFact>): PostTold[] {
  const { orgPath, at } = fact;
  const common = { messageId, orgPath, at, ended: event === postEnded.subject };
  if (!('accounts' in fact)) {
    const { postId, accountId, role, version } = fact;
    return [
      { ...common, postId, accountId, role, version, teacherId: 'teacherId' in fact ? fact.teacherId : undefined },
    ];
  }
  return fact.accounts.map(({ postId, accountId, teacherId, version }) => ({
    ...{ ...common, postId, accountId, role: 'teacher', version, teacherId },
  }));
}

/** In their order, never two of one post at once: the second is judged by what the first has left. */
export function inWaves(posts: readonly PostTold[]): PostTold[][] {
  const waves: PostTold[][] = [];
  const seen = new Map<string, number>();
  for (const post of posts) {
    const at = seen.get(post.postId) ?? 0;
    (waves[at] ??= []).push(post);
    seen.set(post.postId, at + 1);
  }
  return waves;
}
