import { codeOfPath, parentPath } from '@shidang/access';
import { caseDecided, caseMoved, type CaseStage } from '@shidang/contracts';
import type { Vault } from '@shidang/persistence';
import type { Batch } from '../load/batch';
import { array } from '../load/copy-text';
import type { Identifiers } from '../world/identifiers';
import type { SeededSchool } from '../world/organisations';
import type { SeededTeacher, Staff } from '../world/world';
import { actorOf } from './identity-rows';
import { withoutWords, type Journey } from './journey';
import type { Submitted } from './record-rows';

export interface SeededCase extends Submitted {
  readonly school: SeededSchool;
  readonly teacher: SeededTeacher;
  readonly journey: Journey;
}

/** Whose turn it is at a stage; `submitter` is the role of who submitted. */
const turns: Readonly<Partial<Record<CaseStage, { at: 'school' | 'authority'; role: string }>>> = {
  'school-review': { at: 'school', role: 'principal' },
  'school-approved': { at: 'school', role: 'principal' },
  'school-returned': { at: 'school', role: 'submitter' },
  'authority-review': { at: 'authority', role: 'informationAdministrator' },
  'authority-returned': { at: 'school', role: 'informationAdministrator' },
};

/** What review owns: cases with their decisions, and what schools handed upward. */
export class ReviewRows {
  constructor(
    private readonly vault: Vault,
    private readonly ids: Identifiers,
  ) {}

  /** The cases of one school, and the one submission it has sent upward so far (报送). */
  addSchool(batch: Batch, school: SeededSchool, staff: Staff, cases: readonly SeededCase[]): void {
    const sent = cases.filter((each) => each.journey.moves.some((move) => move.when === 'sentUpward'));
    const receipt = sent.length > 0 ? this.upward(batch, school, staff, sent) : undefined;
    for (const each of cases) {
      this.case(batch, each, sent.includes(each) ? receipt : undefined);
      this.decisions(batch, each);
      this.tellMoves(batch, each);
    }
  }

  private case(batch: Batch, of: SeededCase, receipt: string | undefined): void {
    const { school, teacher, journey } = of;
    const { submitter, moves } = journey;
    const last = moves.at(-1)!;
    const decided = moves.find((move) => move.decision);
    batch.add('review', 'review_case', {
      ...{ id: journey.caseId, submission_id: journey.submissionId, teacher_id: teacher.id },
      ...{
        org_path: school.orgPath,
        org_code: school.code,
        category: school.category,
        kind: 'first',
        stage: last.stage,
      },
      ...turnColumns(of, last.stage),
      content_hash: of.contentHash,
      contributors: array(of.contributors),
      rule_hits: array([]),
      ...{ submitted_by: submitter.id, submitter_id: submitter.person?.id, submitter_role: submitter.role },
      school_skipped: teacher.schoolSkipped,
      ...{ opened_at: decided?.at, receipt, submitted_at: moves[0]!.at, moved_at: last.at, version: moves.length },
    });
  }

  private decisions(batch: Batch, { school, teacher, journey, contentHash }: SeededCase): void {
    for (const { decision, by, at } of journey.moves) {
      if (!decision) continue;
      const id = this.ids.next();
      const marks = decision.verdict === 'return' ? journey.marks : [];
      const words = JSON.stringify(marks.map((mark) => mark.words));
      batch.add('review', 'case_decision', {
        ...{ id, case_id: journey.caseId, org_path: school.orgPath, teacher_id: teacher.id },
        ...{ step: decision.step, verdict: decision.verdict, content_hash: contentHash },
        ...{ account_id: by.id, person_id: by.person!.id, role: by.role, reviewer_path: by.orgPath },
        marks: marks.map(withoutWords),
        words: marks.length > 0 ? this.vault.seal(words, { table: 'case_decision', column: 'words', row: id }) : null,
        decided_at: at,
      });
    }
  }

  /** The whole way is kept; where the case stands now is told, for who follows cases. Decisions are in effect already. */
  private tellMoves(batch: Batch, of: SeededCase): void {
    const { school, teacher, journey, contentHash } = of;
    const { caseId, submissionId, moves } = journey;
    const about = { orgPath: school.orgPath, caseId, submissionId, teacherId: teacher.id, kind: 'first' } as const;
    for (const [index, { stage, by, at, decision }] of moves.entries()) {
      const made = { ...about, actor: actorOf(by), at: at.toISOString() };
      if (decision && (decision.step === 'authority' || decision.verdict === 'return')) {
        const marks = decision.verdict === 'return' ? journey.marks.map(withoutWords) : [];
        const fact = { ...made, ...decision, contentHash, marks };
        batch.tell(caseDecided, { aggregateId: teacher.id, past: true, fact });
      }
      const { turn_org_path: turnOrgPath, turn_role: turnRole } = turnColumns(of, stage);
      batch.tell(caseMoved, {
        aggregateId: teacher.id,
        past: index < moves.length - 1,
        fact: {
          ...made,
          ...{ schoolCode: school.code, category: school.category, stage, from: moves[index - 1]?.stage },
          ...{ turnOrgPath, turnRole, submittedBy: journey.submitter.id },
          ...{ schoolSkipped: teacher.schoolSkipped, version: index + 1 },
        },
      });
    }
  }

  private upward(batch: Batch, school: SeededSchool, staff: Staff, cases: readonly SeededCase[]): string {
    const sentAt = cases[0]!.journey.moves.find((move) => move.when === 'sentUpward')!.at;
    const authority = codeOfPath(parentPath(school.orgPath)!);
    const day = china.format(sentAt).replaceAll('-', '');
    const receipt = `${authority}-${school.code}-${day}-0001`;
    const lines = cases.map(({ journey, contentHash }) => `${journey.caseId} ${contentHash}`).sort();
    batch.add('review', 'upward_submission', {
      ...{ receipt, org_path: school.orgPath, org_code: school.code, authority_code: authority, count: cases.length },
      content_hash: this.vault.contentHash(lines.join('\n')),
      ...{ sent_at: sentAt, sent_by: staff.principal!.id, sender_id: staff.principal!.person!.id },
    });
    batch.add('review', 'receipt_number', { org_code: school.code, org_path: school.orgPath, day, last: 1 });
    return receipt;
  }
}

const china = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

function turnColumns(
  { school, journey }: SeededCase,
  stage: CaseStage,
): { turn_org_path?: string; turn_role?: string } {
  const turn = turns[stage];
  if (!turn) return {};
  return {
    turn_org_path: turn.at === 'school' ? school.orgPath : parentPath(school.orgPath),
    turn_role: turn.role === 'submitter' ? journey.submitter.role : turn.role,
  };
}
