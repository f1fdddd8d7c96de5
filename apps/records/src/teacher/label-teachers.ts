import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { LabelTeachers, labelTeachers, TeacherLabels, type TeacherLabel } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';

@Controller()
export class LabelTeachersHandler {
  constructor(private readonly work: Work) {}

  /** Names for a page of another service; what is out of the caller's scope is left out, as if it were not there. */
  @Handles(labelTeachers)
  label(query: LabelTeachers, caller: Caller): Promise<TeacherLabels> {
    return this.work.read(caller, async (_, sql) => {
      const labels = await sql<TeacherLabel>(
        `select t.id as "teacherId", t.name, t.sex, t.school_code as organisation, coalesce(o.name, t.school_code) as "organisationName",
                t.code_masked as "personalCodeMasked"
         from teacher t left join organisation o on o.code = t.school_code where t.id = any($1::uuid[])`,
        [query.teacherIds],
        'teacher-labels',
      );
      return { labels };
    });
  }
}
