import { ConsumesMany, type Delivered } from '@shidang/bus';
import {
  recordChanged,
  recordEffective,
  teacherRegistered,
  teachersImported,
  teachersRegistered,
  type RecordChanged,
  type RecordEffective,
  type TeacherRegistered,
  type TeachersImported,
  type TeachersRegistered,
} from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { Tally } from '../rollup/tally';
import { currentPaths, moveStates, type Move } from './states-table';
import { changed, registered, tookEffect } from './teacher-state';

type RecordFact = TeacherRegistered | TeachersRegistered | RecordChanged | RecordEffective | TeachersImported;

/** Who a fact is about and what it does to them; lists and imports tell of many. */
function movesOf({ event, fact }: Delivered<RecordFact>, orgPath: string): Move[] {
  switch (event) {
    case teacherRegistered.subject: {
      const told = { ...(fact as TeacherRegistered), orgPath };
      return [[told.teacherId, (state) => registered(state, told)]];
    }
    case teachersRegistered.subject: {
      const { teachers, category, at } = fact as TeachersRegistered;
      return teachers.map((told) => [told.teacherId, (state) => registered(state, { ...told, category, orgPath, at })]);
    }
    case recordChanged.subject: {
      const told = { ...(fact as RecordChanged), orgPath };
      return [[told.teacherId, (state) => changed(state, told)]];
    }
    case recordEffective.subject: {
      const told = { ...(fact as RecordEffective), orgPath };
      return [[told.teacherId, (state) => tookEffect(state, told)]];
    }
    case teachersImported.subject:
      return (fact as TeachersImported).teachers.map((told) => [
        told.teacherId,
        (state) => changed(state, { ...told, orgPath, at: fact.at }),
      ]);
    default:
      throw new Error(`nothing is known of ${event}`);
  }
}

/** Keeps the records' side of every teacher's state, a batch at a time, and the roll-up with it. */
@Controller()
export class FollowRecords {
  constructor(private readonly work: Work) {}

  @ConsumesMany('reporting-follow-records')
  follow(batch: readonly Delivered<RecordFact>[]): Promise<void> {
    const ids = batch.map((message) => message.messageId);
    return this.work.onceEach('rollup', ids, 'reporting-follow-records', async (_, sql, fresh) => {
      const news = batch.filter((message) => fresh.has(message.messageId));
      const pathNow = await currentPaths(
        sql,
        news.map(({ fact }) => fact.orgPath),
      );
      const tally = new Tally();
      await moveStates(
        sql,
        news.flatMap((message) => movesOf(message, pathNow(message.fact.orgPath))),
        tally,
      );
      await tally.write(sql);
    });
  }
}
