import { ancestorsOf, codeOfPath, tierOfPath } from '@shidang/access';
import {
  citizenPersonalCode,
  isDivisionCode,
  maskDocumentNumber,
  maskPersonalCode,
  provisionalPersonalCode,
} from '@shidang/catalogue';
import type { Vault } from '@shidang/persistence';
import type { Random } from '../invented/random';
import type { Batch } from '../load/batch';
import type { SeededTeacher } from '../world/world';
import { gramsOf } from './grams';
import { isFinal, withoutWords, type Journey } from './journey';
import type { SeededRecord } from './record-rows';

/** Versions of the teacher's row: registered, begun, complete, submitted, then one a move. */
export const versions = { registered: 1, draft: 2, complete: 3, submitted: 4 } as const;

export function versionOf({ state }: SeededTeacher, journey: Journey | undefined): number {
  if (journey) return versions.submitted + journey.moves.length + (journey.moves.some(isFinal) ? 1 : 0);
  if (state === 'not-started') return versions.registered;
  return state === 'draft' ? versions.draft : versions.complete;
}

/** The document as records finds duplicates by; identity has a blind index of its own. */
export const blindOf = (vault: Vault, { person }: SeededTeacher): string =>
  vault.blind(`${person.document.type}|${person.document.number}`);

/** 一人一号: the row of the person, and the pieces of his name. */
export class TeacherRows {
  constructor(
    private readonly vault: Vault,
    private readonly random: Random,
  ) {}

  add(batch: Batch, of: SeededRecord, times: { registeredAt: Date; updatedAt: Date }): void {
    const { school, teacher, journey } = of;
    const { id, person } = teacher;
    const { number, type } = person.document;
    const place = placeOf(school.orgPath);
    const open = journey && !journey.moves.some(isFinal);
    batch.add('records', 'teacher', {
      ...{ id, person_id: person.id, org_path: school.orgPath, school_code: school.code, ...place },
      ...{
        category: school.category,
        name: person.name,
        sex: person.sex,
        birth_date: person.birthDate,
        doc_type: type,
      },
      doc_sealed: this.seal('doc_sealed', id, number),
      doc_masked: maskDocumentNumber(number),
      doc_blind: blindOf(this.vault, teacher),
      ...this.codes(of, place.county),
      on_establishment: person.employment.onEstablishment,
      contract_start: person.employment.contract?.start,
      contract_end: person.employment.contract?.end,
      post_kind: person.employment.postKind,
      stage: stageOf(teacher),
      case_id: journey?.caseId,
      case_stage: journey?.moves.at(-1)?.stage,
      case_since: journey?.moves.at(-1)?.at,
      case_version: journey?.moves.length ?? 0,
      last_submission_id: journey?.submissionId,
      locked_by: open ? journey.submissionId : null,
      open_marks: journey && journey.marks.length > 0 ? journey.marks.map(withoutWords) : null,
      version: versionOf(teacher, journey),
      effective_version: teacher.state === 'effective' ? 1 : 0,
      registered_at: times.registeredAt,
      updated_at: times.updatedAt,
    });
    for (const gram of gramsOf(person.name))
      batch.add('records', 'gram', { ...place, gram, name: person.name, teacher_id: id, org_path: school.orgPath });
  }

  /** Provisional until the record is effective; then formal, the provisional one staying as an alias. */
  private codes({ teacher }: SeededRecord, county: string) {
    const random = String(this.random.between(0, 9_999)).padStart(4, '0');
    const division = isDivisionCode(county) ? county : '000000';
    const provisional = provisionalPersonalCode({ division, birthDate: teacher.person.birthDate, random });
    const sealed = this.seal('code_sealed', teacher.id, provisional);
    if (teacher.state !== 'effective')
      return { code_sealed: sealed, code_masked: provisional, code_form: 'L', code_aliases: [] };
    const formal = citizenPersonalCode(teacher.person.document)!;
    return {
      code_sealed: this.seal('code_sealed', teacher.id, formal),
      code_masked: maskPersonalCode(formal),
      code_form: 'G',
      code_aliases: [sealed],
    };
  }

  private seal(column: string, row: string, value: string): string {
    return this.vault.seal(value, { table: 'teacher', column, row });
  }
}

export function stageOf({ state }: SeededTeacher): string {
  return state === 'not-started' || state === 'draft' || state === 'effective' ? state : 'complete';
}

/** The codes lists are led by: of a city-run school both are the city's. */
function placeOf(schoolPath: string): { county: string; city: string } {
  const above = ancestorsOf(schoolPath);
  const county = codeOfPath(above.at(-1)!);
  const city = above.find((path) => tierOfPath(path) === 'city');
  return { county, city: city ? codeOfPath(city) : county };
}
