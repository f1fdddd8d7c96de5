import { Handles } from '@shidang/bus';
import {
  ClaimOutcome,
  ClaimPerson,
  claimPerson,
  ClaimPersons,
  claimPersons,
  confirmPersons,
  Done,
  PersonsClaimed,
  PersonsConfirmed,
  releasePerson,
  TeacherRef,
  TeacherRefs,
} from '@shidang/contracts';
import { Controller } from '@nestjs/common';
import { PersonRegistry } from './person-registry';

/** The registry's door: records asks, nobody else may publish these subjects. */
@Controller()
export class ClaimPersonHandler {
  constructor(private readonly registry: PersonRegistry) {}

  @Handles(claimPerson)
  async claim(command: ClaimPerson): Promise<ClaimOutcome> {
    const [outcome] = await this.registry.claim([command]);
    return outcome!;
  }

  @Handles(claimPersons)
  async claimList(command: ClaimPersons): Promise<PersonsClaimed> {
    return { outcomes: await this.registry.claim(command.claims) };
  }

  @Handles(confirmPersons)
  async confirm(command: TeacherRefs): Promise<PersonsConfirmed> {
    const persons = await this.registry.confirm(command.teacherIds);
    return { confirmed: persons.map(({ teacherId }) => teacherId) };
  }

  @Handles(releasePerson)
  async release(command: TeacherRef): Promise<Done> {
    await this.registry.release(command.teacherId);
    return { done: true };
  }
}
