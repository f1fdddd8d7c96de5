import { catalogueVersion, codedFacts, derived, maskDocumentNumber, type TeacherRecord } from '@shidang/catalogue';
import { recordChanged, recordEffective, submissionMade, teacherRegistered } from '@shidang/contracts';
import type { Vault } from '@shidang/persistence';
import type { Random } from '../invented/random';
import type { Batch } from '../load/batch';
import { array, jsonText } from '../load/copy-text';
import type { Calendar } from '../world/calendar';
import type { Identifiers } from '../world/identifiers';
import type { SeededSchool } from '../world/organisations';
import type { SeededAccount, SeededTeacher } from '../world/world';
import { recordOf, type FilledEntry } from './filled-record';
import { writeEntries, type KeptEntry } from './entry-rows';
import { actorOf } from './identity-rows';
import { isFinal, withoutWords, type Journey } from './journey';
import { blindOf, stageOf, TeacherRows, versionOf, versions } from './teacher-rows';
import { effectiveText, submittedText } from './frozen-content';

export interface SeededRecord {
  readonly school: SeededSchool;
  readonly teacher: SeededTeacher;
  readonly entries: readonly FilledEntry[];
  readonly journey?: Journey;
  /** Who registered the teacher, who fills for the school. */
  readonly registrar: SeededAccount;
  readonly filler?: SeededAccount;
}

/** Where the record stands in the end, for whoever keeps it by the facts. */
export interface Settled {
  readonly stage: string;
  readonly version: number;
  readonly caseId?: string;
  readonly caseStage?: string;
  readonly caseVersion: number;
  readonly movedAt: Date;
  /** Coded facts of what took effect. */
  readonly facts?: Readonly<Record<string, string | string[]>>;
}

/** What review and reporting write beside it. */
export interface Added {
  readonly submitted?: Submitted;
  readonly settled: Settled;
}

export interface Submitted {
  readonly contentHash: string;
  readonly contributors: readonly string[];
}

/** What records owns: the teacher, his entries with their history, the submission, what took effect. */
export class RecordRows {
  private readonly teachers: TeacherRows;

  constructor(
    private readonly vault: Vault,
    private readonly ids: Identifiers,
    random: Random,
    private readonly calendar: Calendar,
  ) {
    this.teachers = new TeacherRows(vault, random);
  }

  add(batch: Batch, of: SeededRecord): Added {
    const { teacher, journey } = of;
    const registeredAt = this.calendar.at('registered');
    const filledAt = this.calendar.at('filled');
    const times = { registeredAt, filledAt };
    const movedAt = journey?.moves.at(-1)?.at ?? (teacher.state === 'not-started' ? registeredAt : filledAt);
    this.teachers.add(batch, of, { registeredAt, updatedAt: movedAt });
    this.tellRegistered(batch, of, registeredAt);
    const effective = teacher.state === 'effective';
    const kept = writeEntries(batch, of, { ids: this.ids, times, effective });
    const settled = settledAt(of, movedAt);
    if (teacher.state === 'not-started') return { settled };
    this.tellChanged(batch, of, filledAt);
    if (!journey) return { settled };
    const submitted = this.submission(batch, of, journey, kept);
    if (!effective) return { submitted, settled };
    return { submitted, settled: { ...settled, facts: this.effective(batch, of, journey, kept) } };
  }

  private tellChanged(batch: Batch, of: SeededRecord, filledAt: Date): void {
    const { school, teacher } = of;
    const stage: 'draft' | 'complete' = teacher.state === 'draft' ? 'draft' : 'complete';
    const changed = {
      ...{ orgPath: school.orgPath, teacherId: teacher.id, stage, version: versions[stage] },
      ...{
        actor: actorOf(teacher.selfFilled ? teacher.account : (of.filler ?? of.registrar)),
        at: filledAt.toISOString(),
      },
    } as const;
    batch.tell(recordChanged, { aggregateId: teacher.id, fact: changed });
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
    const frozen = { category: school.category, identity: this.identity(teacher), entries: kept };
    const { content, hashed } = submittedText(teacher.id, frozen);
    const contentHash = this.vault.contentHash(hashed);
    const hands = [registrar, submitter, ...(teacher.selfFilled ? [teacher.account] : []), ...(filler ? [filler] : [])];
    const contributors = [...new Set([teacher.person.id, ...hands.map((each) => each.person!.id)])].sort();
    const decided = moves.findLast(isFinal);
    batch.add('records', 'submission', {
      ...{ id, teacher_id: teacher.id, org_path: school.orgPath, school_code: school.code, category: school.category },
      ...{ kind: 'first', state: !decided ? 'open' : decided.stage === 'approved' ? 'approved' : 'returned' },
      ...{ content: jsonText(content), content_hash: contentHash, catalogue_version: catalogueVersion },
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

  private effective(
    batch: Batch,
    of: SeededRecord,
    journey: Journey,
    kept: readonly KeptEntry[],
  ): Record<string, string | string[]> {
    const { school, teacher, entries } = of;
    const decided = journey.moves.at(-1)!;
    const masked = maskDocumentNumber(teacher.person.document.number);
    const record: TeacherRecord = recordOf(entries, teacher, masked);
    const identity = { ...this.identity(teacher), docMasked: masked };
    const frozen = { category: school.category, identity, entries: kept };
    const content = jsonText(effectiveText(frozen, derived(record, school.category)));
    batch.add('records', 'effective_version', {
      ...{ teacher_id: teacher.id, version: 1, org_path: school.orgPath, submission_id: journey.submissionId },
      ...{ kind: 'first', content, catalogue_version: catalogueVersion, effective_from: decided.at },
    });
    const birthMonth = teacher.person.birthDate.slice(0, 7);
    const facts = { ...codedFacts(record, school.category), 'basic.birthMonth': birthMonth } as Record<
      string,
      string | string[]
    >;
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
        facts,
        at: decided.at.toISOString(),
      },
    });
    return facts;
  }

  private identity(teacher: SeededTeacher) {
    const { name, sex, birthDate, document } = teacher.person;
    return { name, sex, birthDate, docType: document.type, docBlind: blindOf(this.vault, teacher) };
  }
}

const settledAt = ({ teacher, journey }: SeededRecord, movedAt: Date): Settled => ({
  stage: stageOf(teacher),
  version: versionOf(teacher, journey),
  caseId: journey?.caseId,
  caseStage: journey?.moves.at(-1)?.stage,
  caseVersion: journey?.moves.length ?? 0,
  movedAt,
});
