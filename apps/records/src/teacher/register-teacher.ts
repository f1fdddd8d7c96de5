import type { Caller } from '@shidang/access';
import { BusClient, Handles } from '@shidang/bus';
import type { Category } from '@shidang/catalogue';
import {
  claimPerson,
  recordsRefusals,
  RegisterTeacher,
  registerTeacher,
  TeacherMade,
  type Finding,
} from '@shidang/contracts';
import { audited, idOfTry, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { today } from '../value/today';
import { confirmClaims, releaseWhenRefused } from './claim-end';
import { checkEmployment, checkFacts, type Facts } from './facts';
import { writeTeachers } from './new-teacher';
import { categoryOf, namesakes, onOwnList } from './school-list';
import { teacherColumns, toTeacherView, type TeacherRow } from './teacher-view';

@Controller()
export class RegisterTeacherHandler {
  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
    private readonly vault: Vault,
  ) {}

  /** 工作方案 五(二): facts right, person in scope, number claimed in the national registry, then the record exists. */
  @Handles(registerTeacher)
  async register(command: RegisterTeacher, caller: Caller): Promise<TeacherMade> {
    const { category, facts, employment, warnings } = await this.check(command, caller);
    const teacherId = idOfTry(this.vault);
    const personId = await this.claim(teacherId, facts);
    const writing = this.work.as(caller, async (em, sql) => {
      const teacher = { teacherId, personId, facts, employment };
      await writeTeachers({ em, sql, vault: this.vault, caller, category }, [teacher]);
      audited(em, { object: `teacher:${teacherId}` });
      const [row] = await sql<TeacherRow>(`select ${teacherColumns} from teacher t where t.id = $1`, [teacherId]);
      return { teacher: toTeacherView(row!), warnings };
    });
    const made = await releaseWhenRefused(this.bus, [teacherId], writing);
    confirmClaims(this.bus, [made.teacher.id]);
    return made;
  }

  private async claim(teacherId: string, facts: Facts): Promise<string> {
    const document = { type: facts.documentType, number: facts.documentNumber };
    const claim = await this.bus.ask(claimPerson, { teacherId, name: facts.name, document });
    if (claim.outcome === 'claimed' && claim.personId) return claim.personId;
    throw claim.outcome === 'name-differs' ? recordsRefusals.nameDiffers({}) : recordsRefusals.numberOnFile({});
  }

  private async check(
    command: RegisterTeacher,
    caller: Caller,
  ): Promise<{ category: Category; facts: Facts; employment: RegisterTeacher['employment']; warnings: Finding[] }> {
    return this.work.read(caller, async (_, sql) => {
      const category = await categoryOf(sql, caller);
      const { facts, findings } = checkFacts(command, category, today());
      const { employment, verdict, findings: dates } = checkEmployment(command.employment, today());
      if (!facts || dates.length > 0) throw recordsRefusals.factsWrong({}).with([...findings, ...dates]);
      if (!verdict.inScope)
        throw recordsRefusals.outOfCollection({
          rule: verdict.rule,
          reason: verdict.words.zh,
          reasonEn: verdict.words.en,
        });
      const [known] = (await onOwnList(sql, this.vault, [facts])).values();
      if (known) throw recordsRefusals.alreadyRegistered({ teacherId: known });
      return { category, facts, employment, warnings: (await namesakes(sql, [facts]))(facts) };
    });
  }
}
