import { ConsumesMany, type Delivered } from '@shidang/bus';
import type { CaseMoved } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { Tally } from '../rollup/tally';
import { currentPaths, lockStates, saveStates } from './states-table';
import { caseMovedTo } from './teacher-state';

/** Keeps review's side of every teacher's state, a batch at a time, and the roll-up with it. */
@Controller()
export class FollowCases {
  constructor(private readonly work: Work) {}

  @ConsumesMany('reporting-follow-cases')
  follow(batch: readonly Delivered<CaseMoved>[]): Promise<void> {
    const ids = batch.map((message) => message.messageId);
    return this.work.onceEach('rollup', ids, 'reporting-follow-cases', async (_, sql, fresh) => {
      const news = batch.filter((message) => fresh.has(message.messageId)).map(({ fact }) => fact);
      const pathNow = await currentPaths(
        sql,
        news.map((fact) => fact.orgPath),
      );
      const before = await lockStates(
        sql,
        news.map((fact) => fact.teacherId),
      );
      const after = new Map(before);
      for (const fact of news) {
        const told = { ...fact, orgPath: pathNow(fact.orgPath) };
        after.set(fact.teacherId, caseMovedTo(after.get(fact.teacherId)!, told));
      }
      const tally = new Tally();
      await saveStates(sql, before, after, tally);
      await tally.write(sql);
    });
  }
}
