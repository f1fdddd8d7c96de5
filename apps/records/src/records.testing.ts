import { randomInt } from 'node:crypto';
import { codeOfPath, tierOfPath, type Caller, type Role } from '@shidang/access';
import { identityFacts, type SectionKey } from '@shidang/catalogue';
import {
  addEntry,
  caseDecided,
  caseMoved,
  claimPerson,
  claimPersons,
  confirmPersons,
  organisationFounded,
  patchEntry,
  readSection,
  readTeacher,
  registerTeacher,
  releasePerson,
  submitRecord,
  type CaseDecided,
  type CaseMoved,
  type ClaimOutcome,
  type ClaimPerson,
  type RecordSubmitted,
  type RegisterTeacher,
  type SectionView,
  type TeacherMade,
  type TeacherView,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { inventPerson, inventRecord, Random, type InventedPerson, type InventedRecord } from '@shidang/seed';
import { eventually, ServiceSuite } from '@shidang/testing';
import { recordsService } from './records.service';
import { today } from './value/today';

export const city = '0.33.3311.';
export const county = '0.33.3311.331102.';

export interface School {
  path: string;
  code: string;
  system: Caller;
  information: Caller;
  principal: Caller;
}

export const aCaller = (role: Role, orgPath: string, given: Partial<Caller> = {}): Caller => ({
  accountId: newId(),
  personId: newId(),
  postId: newId(),
  role,
  tier: tierOfPath(orgPath),
  orgPath,
  orgCode: codeOfPath(orgPath),
  ...given,
});

/** Identity's registry as records meets it: who claims a number first has it. */
class Registry {
  readonly confirmed = new Set<string>();
  readonly lost = new Set<string>();
  private readonly claims = new Map<string, { teacherId: string; personId: string }>();

  claim({ teacherId, document }: ClaimPerson): ClaimOutcome {
    const key = `${document.type}:${document.number}`;
    const held = this.claims.get(key);
    if (held && held.teacherId !== teacherId) return { teacherId, outcome: 'on-file' };
    const claim = held ?? { teacherId, personId: newId() };
    this.claims.set(key, claim);
    return { teacherId, outcome: 'claimed', personId: claim.personId };
  }

  release(teacherId: string): void {
    for (const [key, claim] of this.claims) if (claim.teacherId === teacherId) this.claims.delete(key);
  }
}

/** Records and the words of its neighbours. */
export class RecordsSuite {
  private readonly random = new Random(randomInt(1_000_000));
  private serial = randomInt(100_000);
  private caseVersion = 0;

  private constructor(
    readonly service: ServiceSuite,
    /** Teachers whose claim does not lapse any more. */
    readonly confirmed: ReadonlySet<string>,
    /** Teachers whose claim was lost meanwhile: the registry does not confirm them. */
    readonly lost: Set<string>,
  ) {}

  static async start(): Promise<RecordsSuite> {
    const service = await ServiceSuite.start(recordsService);
    const registry = new Registry();
    await service.answers(claimPerson, (claim) => registry.claim(claim));
    await service.answers(claimPersons, ({ claims }) => ({ outcomes: claims.map((claim) => registry.claim(claim)) }));
    await service.answers(confirmPersons, ({ teacherIds }) => {
      for (const teacherId of teacherIds) registry.confirmed.add(teacherId);
      return { confirmed: teacherIds.filter((teacherId) => !registry.lost.has(teacherId)) };
    });
    await service.answers(releasePerson, ({ teacherId }) => {
      registry.release(teacherId);
      return { done: true };
    });
    return new RecordsSuite(service, registry.confirmed, registry.lost);
  }

  stop(): Promise<void> {
    return this.service.stop();
  }

  /** A school nobody else in the suite uses, arrived in records' replica. */
  async school(under = county, category = 'primarySecondary'): Promise<School> {
    const code = `2133${String(randomInt(1_000_000)).padStart(6, '0')}`;
    const path = `${under}${code}.`;
    await this.service.tell(organisationFounded, {
      orgPath: path,
      code,
      name: `测试学校${code}`,
      tier: 'school',
      parentCode: codeOfPath(under),
      category,
      version: 1,
    });
    await eventually(
      async () => (await this.service.rows('select 1 from organisation where code = $1', [code])).length === 1,
      `school ${code} arrives`,
    );
    return {
      path,
      code,
      system: aCaller('systemAdministrator', path),
      information: aCaller('informationAdministrator', path),
      principal: aCaller('principal', path),
    };
  }

  person(): InventedPerson {
    return inventPerson(this.random, this.serial++, today());
  }

  facts(person = this.person()): RegisterTeacher {
    const { name, sex, birthDate, document, employment } = person;
    return { name, sex, birthDate, document, employment: { ...employment } };
  }

  register(school: School, facts = this.facts()): Promise<TeacherMade> {
    return this.service.ask(registerTeacher, facts, school.system);
  }

  record(person: InventedPerson): InventedRecord {
    return inventRecord({ random: this.random, person, category: 'primarySecondary', today: today(), rows: 1 });
  }

  section(caller: Caller, teacherId: string, section: string, asOf?: string): Promise<SectionView> {
    return this.service.ask(readSection, { teacherId, section, asOf }, caller);
  }

  teacher(caller: Caller, teacherId: string): Promise<TeacherView> {
    return this.service.ask(readTeacher, { teacherId }, caller);
  }

  /** Patches the one row of a single section. */
  async fillSingle(caller: Caller, teacherId: string, section: string, values: Record<string, unknown>) {
    const [entry] = (await this.section(caller, teacherId, section)).entries;
    const entryId = entry!.id;
    return this.service.ask(patchEntry, { teacherId, section, entryId, values }, caller, { ifMatch: entry!.etag });
  }

  /** Fills everything a record needs. */
  async fill(caller: Caller, teacherId: string, record: InventedRecord): Promise<void> {
    const identity = new Set<string>(Object.values(identityFacts));
    for (const [section, rows] of Object.entries(record) as [SectionKey, InventedRecord[SectionKey]][]) {
      for (const row of rows) {
        const values = Object.fromEntries(
          Object.entries(row).filter(([key]) => section !== 'basic' || !identity.has(key)),
        );
        if (section === 'basic' || section === 'contact') await this.fillSingle(caller, teacherId, section, values);
        else await this.service.ask(addEntry, { teacherId, section, values }, caller);
      }
    }
  }

  submit(caller: Caller, teacherId: string): Promise<RecordSubmitted> {
    return this.service.ask(submitRecord, { teacherId, declared: true }, caller);
  }

  /** A teacher registered with a whole record filled in by the school. */
  async completeTeacher(school: School): Promise<{ id: string; person: InventedPerson }> {
    const person = this.person();
    const { teacher } = await this.register(school, this.facts(person));
    await this.fill(school.information, teacher.id, this.record(person));
    return { id: teacher.id, person };
  }

  /** What review tells of a decision of the authority. */
  decision(school: School, made: RecordSubmitted, given: Partial<CaseDecided> = {}): CaseDecided {
    const by = aCaller('informationAdministrator', county);
    return {
      orgPath: school.path,
      actor: { accountId: by.accountId, personId: by.personId, role: by.role },
      at: new Date().toISOString(),
      caseId: newId(),
      submissionId: made.submissionId,
      teacherId: made.teacherId,
      kind: made.kind,
      step: 'authority',
      verdict: 'approve',
      contentHash: made.contentHash,
      marks: [],
      ...given,
    };
  }

  /** Review decides; records applies it. Answers the message id. */
  decide(school: School, made: RecordSubmitted, given: Partial<CaseDecided> = {}): Promise<string> {
    return this.service.tell(caseDecided, this.decision(school, made, given));
  }

  async move(school: School, made: RecordSubmitted, stage: CaseMoved['stage'], given: Partial<CaseMoved> = {}) {
    const by = school.principal;
    await this.service.tell(caseMoved, {
      orgPath: school.path,
      actor: { accountId: by.accountId, personId: by.personId, role: by.role },
      caseId: newId(),
      submissionId: made.submissionId,
      teacherId: made.teacherId,
      schoolCode: school.code,
      category: 'primarySecondary',
      kind: made.kind,
      stage,
      submittedBy: newId(),
      schoolSkipped: false,
      version: ++this.caseVersion,
      ...given,
    });
  }

  becomes(caller: Caller, teacherId: string, holds: (teacher: TeacherView) => boolean, sentence: string) {
    return eventually(async () => {
      const teacher = await this.teacher(caller, teacherId);
      return holds(teacher) ? teacher : false;
    }, sentence);
  }

  async effectiveTeacher(school: School): Promise<{ id: string; person: InventedPerson }> {
    const teacher = await this.completeTeacher(school);
    await this.decide(school, await this.submit(school.information, teacher.id));
    await this.becomes(
      school.information,
      teacher.id,
      (each) => each.effectiveVersion === 1,
      'the record takes effect',
    );
    return teacher;
  }
}
