import type { Delivered } from '@shidang/bus';
import { postEnded, postGranted, teacherAccountsIssued, type PostGranted } from '@shidang/contracts';
import { inWaves, postsIn } from './told-posts';

const orgPath = '0.33.3311.331102.2133001234.';
const at = '2026-11-01T00:00:00.000Z';
const granted = (postId: string, version: number) =>
  ({
    messageId: `${postId}${version}`,
    event: postGranted.subject,
    fact: {
      orgPath,
      at,
      postId,
      accountId: 'a',
      role: 'teacher',
      tier: 'school',
      orgCode: '1',
      teacherId: 't',
      version,
    },
  }) satisfies Delivered<PostGranted>;
const ended = (postId: string, version: number) => {
  const { fact, messageId } = granted(postId, version);
  const { orgPath, at, accountId, role, orgCode } = fact;
  return { messageId, event: postEnded.subject, fact: { orgPath, at, postId, accountId, role, orgCode, version } };
};

describe('posts in a batch of facts', () => {
  it('are those of each teacher of a list, begun', () => {
    const account = { accountId: 'a1', postId: 'p1', personId: 'h1', teacherId: 't1', version: 1 };
    const accounts = [account, { ...account, postId: 'p2' }];
    const message = {
      messageId: 'm',
      event: teacherAccountsIssued.subject,
      fact: { orgPath, at, orgCode: '1', accounts },
    };
    const { accountId, teacherId, version } = account;
    const post = { messageId: 'm', accountId, teacherId, version, role: 'teacher', orgPath, at, ended: false };
    expect(postsIn(message)).toEqual([
      { ...post, postId: 'p1' },
      { ...post, postId: 'p2' },
    ]);
  });

  it('keep their order where two facts are about one', () => {
    const facts = [granted('p', 1), granted('q', 1), ended('p', 2), granted('p', 3)];
    const waves = inWaves(facts.flatMap((fact) => postsIn(fact)));
    expect(
      waves.map((wave) => wave.map(({ postId, version, ended }) => `${postId}${version}${ended ? ' ended' : ''}`)),
    ).toEqual([['p1', 'q1'], ['p2 ended'], ['p3']]);
  });
});
