import { ConsumesMany, type Delivered } from '@shidang/bus';
import type { DurableName, TeacherRegistered, TeachersRegistered } from '@shidang/contracts';
import { Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { Organisation } from '../organisation/organisation.entity';
import { PersonRegistry, type ClaimedPerson } from '../person/person-registry';
import { inSchools, type Registration, type SchoolRound } from './school-rounds';
import { issueTeacherAccounts } from './teacher-accounts';

const ofOne = 'identity-make-teacher-account';
const ofList = 'identity-make-listed-accounts';

@Controller()
export class MakeTeacherAccountConsumer {
  constructor(
    private readonly work: Work,
    private readonly registry: PersonRegistry,
  ) {}

  /**
   * 一人一号: the registrations are committed, so the claims are confirmed and each teacher gets his one account; a slip is printed on
   * request. Those of one school are made together.
   */
  @ConsumesMany(ofOne)
  async make(batch: readonly Delivered<TeacherRegistered>[]): Promise<void> {
    for (const round of inSchools(batch)) await this.makeTogether(round, ofOne);
  }

  @ConsumesMany(ofList)
  async makeListed(batch: readonly Delivered<TeachersRegistered>[]): Promise<void> {
    for (const round of inSchools(batch)) await this.makeTogether(round, ofList);
  }

  /** A message that names somebody whose claim was lost is not applied: it fails until it is set aside. The others in it have their accounts. */
  private async makeTogether(round: SchoolRound, durable: DurableName): Promise<void> {
    const { orgPath, schoolCode, messageIds, registrations } = round;
    const persons = await this.personsOf(registrations);
    const lost = registrations.filter(({ teacherId }) => !persons.has(teacherId));
    const failing = new Set(lost.map(({ messageId }) => messageId));
    const applied = messageIds.filter((id) => !failing.has(id));
    await this.work.onceBelow(orgPath, applied, durable, async (em, sql, fresh) => {
      const newcomers = registrations.flatMap(({ messageId, teacherId, registeredBy }) => {
        const person = persons.get(teacherId);
        return person && (fresh.has(messageId) || failing.has(messageId)) ? [{ teacherId, registeredBy, person }] : [];
      });
      if (newcomers.length === 0) return;
      const school = await em.findOneOrFail(Organisation, { code: schoolCode });
      await issueTeacherAccounts(em, sql, school, newcomers);
    });
    if (lost[0])
      throw new Error(`teacher ${lost[0].teacherId} has no person: the claim was lost before the registration arrived`);
  }

  private async personsOf(registrations: readonly Registration[]): Promise<ReadonlyMap<string, ClaimedPerson>> {
    const persons = await this.registry.confirm(registrations.map(({ teacherId }) => teacherId));
    return new Map(persons.map((person) => [person.teacherId, person]));
  }
}
