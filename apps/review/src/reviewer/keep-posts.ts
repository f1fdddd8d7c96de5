import { ConsumesMany, type Delivered } from '@shidang/bus';
import {
  accountActivated,
  postEnded,
  type AccountActivated,
  type PostEnded,
  type PostGranted,
} from '@shidang/contracts';
import { Work, type Sql, type SqlEntityManager } from '@shidang/persistence';
import { LockMode } from '@mikro-orm/core';
import { Controller } from '@nestjs/common';
import { tellMoved } from '../case/case-facts';
import { ReviewCase } from '../case/review-case.entity';
import { principalBesides } from './school-reviewers';

const durable = 'review-keep-posts';

type Told = Delivered<PostGranted | PostEnded | AccountActivated>;

/**
 * Keeps who the principals are; a principal who turns out to be a contributor leaves cases nobody at the school may review. Most of what it is told is of
 * roles it keeps nothing of: a batch of such leaves no trace.
 */
@Controller()
export class KeepPosts {
  constructor(private readonly work: Work) {}

  @ConsumesMany(durable)
  async keep(batch: readonly Told[]): Promise<void> {
    const kept = new Map(batch.filter(isKept).map((told) => [told.messageId, told]));
    if (kept.size === 0) return;
    await this.work.onceEach('replicate', [...kept.keys()], durable, async (em, sql, fresh) => {
      for (const { messageId, event, fact } of kept.values()) {
        if (!fresh.has(messageId)) continue;
        if ('postId' in fact) await keepPost(sql, fact, event === postEnded.subject);
        else await keepPerson(em, sql, fact);
      }
    });
  }
}

const isKept = ({ event, fact }: Told): boolean =>
  event === accountActivated.subject ? fact.role !== 'teacher' : fact.role === 'principal';

/** The newest version wins. */
async function keepPost(sql: Sql, post: PostGranted | PostEnded, ended: boolean): Promise<void> {
  const personId = 'personId' in post ? post.personId : undefined;
  await sql(
    `insert into principal_post (post_id, account_id, person_id, org_path, ended, version) values ($1, $2, $3, $4, $5, $6)
     on conflict (post_id) do update set ended = excluded.ended, version = excluded.version,
       person_id = coalesce(excluded.person_id, principal_post.person_id)
     where principal_post.version < excluded.version`,
    [post.postId, post.accountId, personId ?? null, post.orgPath, ended, post.version],
  );
}

async function keepPerson(em: SqlEntityManager, sql: Sql, bound: AccountActivated): Promise<void> {
  await sql(
    `insert into account_person (account_id, person_id, org_path) values ($1, $2, $3) on conflict (account_id) do nothing`,
    [bound.accountId, bound.personId, bound.orgPath],
  );
  await skipWhereNobodyIsLeft(em, sql, bound);
}

/** Cases of the principal's own hand that waited for him move on to the authority. */
async function skipWhereNobodyIsLeft(em: SqlEntityManager, sql: Sql, bound: AccountActivated): Promise<void> {
  const waiting = await sql<{ id: string }>(
    `select id from review_case where stage = 'school-review' and $1 = any (contributors)
       and org_path in (select org_path from principal_post where account_id = $2 and not ended)
     order by id for update`,
    [bound.personId, bound.accountId],
  );
  for (const { id } of waiting) {
    const found = await em.findOneOrFail(ReviewCase, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (await principalBesides(sql, found.orgPath, found.contributors)) continue;
    found.skipSchool();
    await em.flush();
    await tellMoved(em, found, 'school-review');
  }
}
