import { accountActivated, postEnded, postGranted } from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { eventually } from '@shidang/testing';
import { aSchool, ReviewSuite } from '../review.testing';

const durable = 'review-keep-posts';

describe('who the principals are', () => {
  let suite: ReviewSuite;
  beforeAll(async () => {
    suite = await ReviewSuite.start();
  }, 60_000);
  afterAll(() => suite.stop());

  const school = aSchool();
  const aPost = (role: 'principal' | 'teacher') => ({
    ...{ orgPath: school.path, orgCode: school.code, tier: 'school' as const },
    ...{ postId: newId(), accountId: newId(), personId: newId(), role, version: 1 },
  });
  const kept = (postId: string) =>
    suite.service.rows<{ ended: boolean; version: number }>(
      `select ended, version from principal_post where post_id = $1`,
      [postId],
    );

  it('is told of every post, and of others’ keeps nothing and asks nothing', async () => {
    const teacher = aPost('teacher');
    const { postId, accountId, personId, role } = teacher;
    const place = { orgPath: school.path, orgCode: school.code, accountId, role };
    const sent = [
      await suite.service.applied(durable, postGranted, teacher),
      await suite.service.applied(durable, postEnded, { ...place, postId, version: 2 }),
      await suite.service.applied(durable, accountActivated, { ...place, personId }),
    ];
    expect(sent.map(({ statements }) => statements)).toEqual([[], [], []]);
  });

  it('stays ended when the beginning comes late, and once when it comes again', async () => {
    const post = aPost('principal');
    const { postId, accountId, orgPath, orgCode, role } = post;
    const end = newId();
    await suite.service.applied(durable, postEnded, { postId, accountId, orgPath, orgCode, role, version: 2 }, end);
    await suite.service.applied(durable, postGranted, post);
    await suite.service.applied(durable, postEnded, { postId, accountId, orgPath, orgCode, role, version: 2 }, end);
    expect(await kept(postId)).toEqual([{ ended: true, version: 2 }]);
    const inbox = await suite.service.rows(`select 1 from inbox where message_id = $1`, [end]);
    expect(inbox).toHaveLength(1);
  });

  it('comes out of a crowd of others', async () => {
    const crowd = [...Array(300)].map(() => aPost('teacher'));
    const principals = [aPost('principal'), aPost('principal')];
    await Promise.all(crowd.map((post) => suite.service.tell(postGranted, post)));
    for (const post of principals) await suite.service.tell(postGranted, post);
    await eventually(
      async () => (await Promise.all(principals.map(({ postId }) => kept(postId)))).every(({ length }) => length === 1),
      'both principals are known',
    );
    const { n } = (
      await suite.service.rows<{ n: number }>(
        `select count(*)::int as n from principal_post where post_id = any($1::uuid[])`,
        [crowd.map(({ postId }) => postId)],
      )
    )[0]!;
    expect(n).toBe(0);
  });
});
