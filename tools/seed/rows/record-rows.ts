import { ancestorsOf, codeOfPath, tierOfPath } from '@shidang/access';
import {
  canonicalJson,
  catalogueVersion,
  citizenPersonalCode,
  codedFacts,
  derived,
  isDivisionCode,
  maskDocumentNumber,
  maskPersonalCode,
  provisionalPersonalCode,
  type TeacherRecord,
} from '@shidang/catalogue';
import { recordChanged, recordEffective, submissionMade, teacherRegistered, type Mark } from '@shidang/contracts';
import type { Vault } from '@shidang/persistence';
import type { Random } from '../invented/random';
import type { Batch } from '../load/batch';
import { array } from '../load/copy-text';
import type { Calendar } from '../world/calendar';
import type { Identifiers } from '../world/identifiers';
import type { SeededSchool } from '../world/organisations';
import type { SeededAccount, SeededTeacher } from '../world/world';
import { recordOf, type FilledEntry } from './filled-record';
import { writeEntries, type KeptEntry } from './entry-rows';
import { actorOf } from './identity-rows';
import type { Journey } from './journey';
import { gramsOf } from './grams';

export interface SeededRecord {
  readonly school: SeededSchool;
  readonly teacher: SeededTeacher;
  readonly entries: readonly FilledEntry[];
  readonly journey?: Journey;
  /** Who registered the teacher, who fills for the school. */
  readonly registrar: SeededAccount;
  readonly filler?: SeededAccount;
}

/** What review writes beside it. */
export interface Submitted {
  readonly contentHash: string;
  readonly contributors: readonly string[];
}

/** Versions of the teacher's row: registered, begun, complete, submitted, then one a move. */
const versions = { registered: 1, draft: 2, complete: 3, submitted: 4 } as const;

/** What records owns: the teacher, his entries with their history, the submission, what took effect. */
export class RecordRows {
  constructor(
    private readonly vault: Vault,
    private readonly ids: Identifiers,
    private readonly random: Random,
    private readonly calendar: Calendar,
  ) {}

  add(batch: Batch, of: SeededRecord): Submitted | undefined {
    const { school, teacher, journey } = of;
    const registeredAt = this.calendar.at('registered');
    const filledAt = this.calendar.at('filled');
    this.teacher(batch, of, { registeredAt, updatedAt: journey?.moves.at(-1)?.at ?? filledAt });
    this.tellRegistered(batch, of, registeredAt);
    const times = { registeredAt, filledAt };
    const effective = teacher.state === 'effective';
    const kept = writeEntries(batch, of, { ids: this.ids, times, effective });
    if (teacher.state === 'not-started') return undefined;
    const stage: 'draft' | 'complete' = teacher.state === 'draft' ? 'draft' : 'complete';
    const changed = {
      ...{ orgPath: school.orgPath, teacherId: teacher.id, stage, version: versions[stage] },
      ...{
        actor: actorOf(teacher.selfFilled ? teacher.account : (of.filler ?? of.registrar)),
        at: filledAt.toISOString(),
      },
    } as const;
    batch.tell(recordChanged, { aggregateId: teacher.id, fact: changed });
    if (!journey) return undefined;
    const submitted = this.submission(batch, of, journey, kept);
    if (effective) this.effective(batch, of, journey, kept);
    return submitted;
  }

  private teacher(batch: Batch, of: SeededRecord, times: { registeredAt: Date; updatedAt: Date }): void {
    const { school, teacher, journey } = of;
    const { id, person } = teacher;
    const { number, type } = person.document;
    const place = placeOf(school.orgPath);
    const open = journey && this.isOpen(journey);
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
      doc_blind: this.blind(teacher),
      ...this.codes(of, place.county),
      on_establishment: person.employment.onEstablishment,
      contract_start: person.employment.contract?.start,
      contract_end: person.employment.contract?.end,
      post_kind: person.employment.postKind,
      stage: stageOf(teacher),
      case_id: journey?.caseId,
      case_stage: journey?.moves.at(-1)?.stage,
      case_version: journey?.moves.length ?? 0,
      last_submission_id: journey?.submissionId,
      locked_by: open ? journey.submissionId : null,
      open_marks: journey && journey.marks.length > 0 ? journey.marks.map(withoutWords) : null,
      version: versionOf(teacher, journey),
      effective_version: teacher.state === 'effective' ? 1 : 0,
      registered_at: times.registeredAt,
      updated_at: teacher.state === 'not-started' ? times.registeredAt : times.updatedAt,
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

  private tellRegistered(batch: Batch, { school, teacher, registrar }: SeededRecord, at: Date): void {
    const { id: teacherId, person } = teacher;
    batch.tell(teacherRegistered, {
      aggregateId: teacherId,
      fact: {
        ...{
          orgPath: school.orgPath,
          actor: actorOf(registrar),
          teacherId,
          personId: person.id,
          schoolCode: school.code,
        },
        ...{ category: school.category, sex: person.sex, birthMonth: person.birthDate.slice(0, 7) },
        ...{ version: versions.registered, at: at.toISOString() },
      },
    });
  }

  private submission(batch: Batch, of: SeededRecord, journey: Journey, kept: readonly KeptEntry[]): Submitted {
    const { school, teacher, registrar, filler } = of;
    const { submissionId: id, submitter, moves } = journey;
    const content = {
      ...{ teacherId: teacher.id, category: school.category },
      identity: this.identity(teacher),
      entries: kept.map(({ id: entry, section, version, values }) => ({ id: entry, section, version, values })),
      changes: [],
    };
    const contentHash = this.vault.contentHash(canonicalJson({ catalogueVersion, ...content }));
    const hands = [registrar, submitter, ...(teacher.selfFilled ? [teacher.account] : []), ...(filler ? [filler] : [])];
    const contributors = [...new Set([teacher.person.id, ...hands.map((each) => each.person!.id)])].sort();
    const decided = moves.findLast((move) => isFinal(move));
    batch.add('records', 'submission', {
      ...{ id, teacher_id: teacher.id, org_path: school.orgPath, school_code: school.code, category: school.category },
      ...{ kind: 'first', state: !decided ? 'open' : decided.stage === 'approved' ? 'approved' : 'returned' },
      ...{ content, content_hash: contentHash, catalogue_version: catalogueVersion },
      contributors: array(contributors),
      rule_hits: [],
      ...{ submitted_by: submitter.id, submitted_person: submitter.person!.id, submitted_role: submitter.role },
      submitted_at: moves[0]!.at,
      decided_at: decided?.at,
    });
    this.reviews(batch, of, journey);
    const { orgPath, code: schoolCode, category } = school;
    batch.tell(submissionMade, {
      aggregateId: teacher.id,
      // review's case is written beside it
      past: true,
      fact: {
        ...{ orgPath, actor: actorOf(submitter), submissionId: id, teacherId: teacher.id, schoolCode, category },
        ...{ kind: 'first', contentHash, contributors, submittedBy: submitter.id, ruleHits: [] },
        at: moves[0]!.at.toISOString(),
      },
    });
    return { contentHash, contributors };
  }

  /** Who reviewed it at each tier. */
  private reviews(batch: Batch, { school, teacher }: SeededRecord, journey: Journey): void {
    for (const { decision, by, at } of journey.moves) {
      if (!decision) continue;
      batch.add('records', 'submission_review', {
        ...{
          submission_id: journey.submissionId,
          step: decision.step,
          teacher_id: teacher.id,
          org_path: school.orgPath,
        },
        ...{ verdict: decision.verdict, marks: decision.verdict === 'return' ? journey.marks.map(withoutWords) : [] },
        ...{ case_id: journey.caseId, account_id: by.id, person_id: by.person?.id, role: by.role, at },
      });
    }
  }

  private effective(batch: Batch, of: SeededRecord, journey: Journey, kept: readonly KeptEntry[]): void {
    const { school, teacher, entries } = of;
    const decided = journey.moves.at(-1)!;
    const masked = maskDocumentNumber(teacher.person.document.number);
    const record: TeacherRecord = recordOf(entries, teacher, masked);
    const content = {
      category: school.category,
      identity: { ...this.identity(teacher), docMasked: masked },
      derived: derived(record, school.category),
      entries: kept.map(({ id, section, version, values }) => ({ id, section, version, values })),
    };
    batch.add('records', 'effective_version', {
      ...{ teacher_id: teacher.id, version: 1, org_path: school.orgPath, submission_id: journey.submissionId },
      ...{ kind: 'first', content, catalogue_version: catalogueVersion, effective_from: decided.at },
    });
    const facts = { ...codedFacts(record, school.category), 'basic.birthMonth': teacher.person.birthDate.slice(0, 7) };
    batch.tell(recordEffective, {
      aggregateId: teacher.id,
      fact: {
        ...{
          orgPath: school.orgPath,
          actor: actorOf(decided.by),
          teacherId: teacher.id,
          submissionId: journey.submissionId,
        },
        ...{ kind: 'first', effectiveVersion: 1, version: versionOf(teacher, journey), formalCode: true },
        facts: facts as Record<string, string | string[]>,
        at: decided.at.toISOString(),
      },
    });
  }

  private identity({ person, ...teacher }: SeededTeacher) {
    const { name, sex, birthDate, document } = person;
    return { name, sex, birthDate, docType: document.type, docBlind: this.blind({ ...teacher, person }) };
  }

  private blind({ person }: SeededTeacher): string {
    return this.vault.blind(`${person.document.type}|${person.document.number}`);
  }

  private seal(column: string, row: string, value: string): string {
    return this.vault.seal(value, { table: 'teacher', column, row });
  }

  private isOpen(journey: Journey): boolean {
    return !journey.moves.some(isFinal);
  }
}

/** A decision records act on: a return, or the authority's approval. */
const isFinal = ({ decision }: Journey['moves'][number]): boolean =>
  decision !== undefined && (decision.verdict === 'return' || decision.step === 'authority');

const withoutWords = ({ words: _, ...mark }: Mark & { words: string }): Mark => mark;

function stageOf({ state }: SeededTeacher): string {
  return state === 'not-started' || state === 'draft' || state === 'effective' ? state : 'complete';
}

function versionOf({ state }: SeededTeacher, journey: Journey | undefined): number {
  if (journey) return versions.submitted + journey.moves.length + (journey.moves.some(isFinal) ? 1 : 0);
  if (state === 'not-started') return versions.registered;
  return state === 'draft' ? versions.draft : versions.complete;
}

/** The codes lists are led by: of a city-run school both are the city's. */
function placeOf(schoolPath: string): { county: string; city: string } {
  const above = ancestorsOf(schoolPath);
  const county = codeOfPath(above.at(-1)!);
  const city = above.find((path) => tierOfPath(path) === 'city');
  return { county, city: city ? codeOfPath(city) : county };
}
