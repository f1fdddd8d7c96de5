import { Handles } from '@shidang/bus';
import {
  ClaimOutcome,
  ClaimPerson,
  claimPerson,
  ClaimPersons,
  claimPersons,
  confirmPerson,
  Done,
  PersonsClaimed,
  releasePerson,
  TeacherRef,
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

  @Handles(confirmPerson)
  async confirm(command: TeacherRef): Promise<Done> {
    return { done: (await this.registry.confirm(command.teacherId)) !== undefined };
  }

  @Handles(releasePerson)
  async release(command: TeacherRef): Promise<Done> {
    await this.registry.release(command.teacherId);
    return { done: true };
  }
}
