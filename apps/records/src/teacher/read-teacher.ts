import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { ReadTeacher, readTeacher, recordsRefusals, TeacherView } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { teacherColumns, toTeacherView, type TeacherRow } from './teacher-view';

@Controller()
export class ReadTeacherHandler {
  constructor(private readonly work: Work) {}

  @Handles(readTeacher)
  async read(query: ReadTeacher, caller: Caller): Promise<TeacherView> {
    const [[row]] = await this.work.look<[TeacherRow]>(caller, {
      name: 'teacher',
      text: `select ${teacherColumns} from teacher t where t.id = $1`,
      params: [query.teacherId],
    });
    if (!row) throw recordsRefusals.teacherNotFound({});
    return toTeacherView(row);
  }
}
