import { ConsumesMany, type Delivered } from '@shidang/bus';
import type { CaseMoved } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { Tally } from '../rollup/tally';
import { currentPaths, moveStates, type Move } from './states-table';
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
      const moves = news.map((fact): Move => {
        const told = { ...fact, orgPath: pathNow(fact.orgPath) };
        return [fact.teacherId, (state) => caseMovedTo(state, told)];
      });
      const tally = new Tally();
      await moveStates(sql, moves, tally);
      await tally.write(sql);
    });
  }
}
