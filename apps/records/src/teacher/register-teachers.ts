import type { Caller } from '@shidang/access';
import { BusClient, Handles } from '@shidang/bus';
import type { Category } from '@shidang/catalogue';
import {
  claimPersons,
  recordsRefusals,
  RegisterTeachers,
  registerTeachers,
  TeachersMade,
  type Finding,
  type RefusalOf,
  type RegisteredRow,
  type RegisterTeacher,
} from '@shidang/contracts';
import { audited, idOfTry, Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { today } from '../value/today';
import { confirmClaims, releaseWhenRefused } from './claim-end';
import { checkEmployment, checkFacts, type Facts } from './facts';
import { blindOf, writeTeachers, type NewTeacher } from './new-teacher';
import { categoryOf, namesakes, onOwnList } from './school-list';

/** A row of the list on its way: refused as soon as something is wrong with it. */
interface Row {
  index: number;
  teacherId: string;
  employment: RegisterTeacher['employment'];
  facts?: Facts;
  refused: Finding[];
  warnings: Finding[];
}

@Controller()
export class RegisterTeachersHandler {
  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
    private readonly vault: Vault,
  ) {}

  /** A staff room at once: good rows are registered, bad rows come back with everything that is wrong with them. */
  @Handles(registerTeachers)
  async register(command: RegisterTeachers, caller: Caller): Promise<TeachersMade> {
    const { rows, category } = await this.work.read(caller, (_, sql) => this.check(sql, command.teachers, caller));
    const claimed = await this.claim(rows.filter((row) => row.refused.length === 0));
    const writing = this.work.as(caller, async (em, sql) => {
      await writeTeachers({ em, sql, vault: this.vault, caller, category }, claimed);
      audited(em, { object: `organisation:${caller.orgCode}`, after: { registered: claimed.length } });
      return answer(rows);
    });
    const ids = claimed.map(({ teacherId }) => teacherId);
    const made = await releaseWhenRefused(this.bus, ids, writing);
    confirmClaims(
      this.bus,
      made.rows.flatMap((row) => row.teacherId ?? []),
    );
    return made;
  }

  private async check(
    sql: Sql,
    teachers: readonly RegisterTeacher[],
    caller: Caller,
  ): Promise<{ rows: Row[]; category: Category }> {
    const category = await categoryOf(sql, caller);
    const at = { category, day: today() };
    const rows = teachers.map((typed, index) => checkedRow(typed, index, at, idOfTry(this.vault, index)));
    const people = rows.flatMap((row) => row.facts ?? []);
    const known = await onOwnList(sql, this.vault, people);
    const suspects = await namesakes(sql, people);
    const seen = new Set<string>();
    for (const row of rows) {
      if (!row.facts) continue;
      const blind = blindOf(this.vault, row.facts);
      const id = known.get(blind);
      if (id) row.refused.push(refusedAs(recordsRefusals.alreadyRegistered));
      else if (seen.has(blind)) row.refused.push(twice);
      seen.add(blind);
      row.warnings.push(...suspects(row.facts));
    }
    return { rows, category };
  }

  private async claim(rows: readonly Row[]): Promise<NewTeacher[]> {
    if (rows.length === 0) return [];
    const { outcomes } = await this.bus.ask(claimPersons, {
      claims: rows.map(({ teacherId, facts }) => ({
        teacherId,
        name: facts!.name,
        document: { type: facts!.documentType, number: facts!.documentNumber },
      })),
    });
    const byTeacher = new Map(outcomes.map((each) => [each.teacherId, each]));
    return rows.flatMap((row) => {
      const claim = byTeacher.get(row.teacherId);
      if (claim?.outcome === 'claimed' && claim.personId)
        return [{ teacherId: row.teacherId, personId: claim.personId, facts: row.facts!, employment: row.employment }];
      row.refused.push(
        refusedAs(claim?.outcome === 'name-differs' ? recordsRefusals.nameDiffers : recordsRefusals.numberOnFile),
      );
      return [];
    });
  }
}

function checkedRow(
  typed: RegisterTeacher,
  index: number,
  { category, day }: { category: Category; day: string },
  teacherId: string,
): Row {
  const { facts, findings } = checkFacts(typed, category, day);
  const { employment, verdict, findings: dates } = checkEmployment(typed.employment, day);
  const outside: Finding = {
    pointer: '/employment',
    field: 'employment',
    code: recordsRefusals.outOfCollection.code,
    detail: verdict.words.zh,
    detailEn: verdict.words.en,
  };
  const refused = [...findings, ...dates, ...(verdict.inScope || dates.length > 0 ? [] : [outside])];
  return { index, teacherId, employment, facts, refused, warnings: [] };
}

const refusedAs = <F extends object>({ code, zh, en }: RefusalOf<F>): Finding => ({
  pointer: '/document/number',
  field: 'documentNumber',
  code,
  detail: zh,
  detailEn: en,
});

const twice: Finding = {
  pointer: '/document/number',
  field: 'documentNumber',
  code: 'records.twice_in_list',
  detail: '本次名单中证件号码重复，只登记第一行',
  detailEn: 'This number is twice in the list; the first row counts',
};

function answer(rows: readonly Row[]): TeachersMade {
  const results = rows.map((row): RegisteredRow => {
    const { index, teacherId, refused, warnings } = row;
    const findings = [...refused, ...warnings].map((each) => ({
      ...each,
      pointer: `/teachers/${index}${each.pointer}`,
    }));
    return refused.length > 0
      ? { index, outcome: 'refused', findings }
      : { index, outcome: 'registered', teacherId, findings };
  });
  const refused = results.filter((row) => row.outcome === 'refused').length;
  return { registered: results.length - refused, refused, rows: results };
}
