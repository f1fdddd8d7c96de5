import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsDefined,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  ValidateNested,
} from 'class-validator';
import { internal } from '../contract';
import { Done } from '../page';
import { IdentityDocument } from './fields';

/**
 * records claims a human before its own transaction. Idempotent by teacher id. Whoever claims a number first has it; a
 * claim that no `records.teacher-registered` confirms lapses after ten minutes.
 */
export class ClaimPerson {
  @IsUUID() teacherId!: string;
  @IsString() @Length(1, 50) name!: string;
  @IsDefined() @ValidateNested() @Type(() => IdentityDocument) document!: IdentityDocument;
}

/** on-file: another teacher holds the number. name-differs: the number is known under another name, nothing was claimed. */
export const claimOutcomes = ['claimed', 'on-file', 'name-differs'] as const;

export class ClaimOutcome {
  @IsUUID() teacherId!: string;
  @IsIn(claimOutcomes) outcome!: (typeof claimOutcomes)[number];
  /** When claimed. */
  @IsOptional() @IsUUID() personId?: string;
}

/** Of fifty schools that ask at once exactly one is told `claimed`. Refuses only `identity.document_invalid`. */
export const claimPerson = internal('identity.person.claim', {
  from: ['records'],
  effect: 'write',
  request: ClaimPerson,
  reply: ClaimOutcome,
});

export class ClaimPersons {
  @ArrayMinSize(1) @ArrayMaxSize(200) @ValidateNested({ each: true }) @Type(() => ClaimPerson) claims!: ClaimPerson[];
}

export class PersonsClaimed {
  @ValidateNested({ each: true }) @Type(() => ClaimOutcome) outcomes!: ClaimOutcome[];
}

/** The same for a list, an outcome each in the order asked; nothing is refused for a neighbour's sake. */
export const claimPersons = internal('identity.person.claim-list', {
  from: ['records'],
  effect: 'write',
  request: ClaimPersons,
  reply: PersonsClaimed,
});

export class TeacherRef {
  @IsUUID() teacherId!: string;
}

export class TeacherRefs {
  @ArrayMinSize(1) @ArrayMaxSize(200) @IsUUID('all', { each: true }) teacherIds!: string[];
}

export class PersonsConfirmed {
  /** Of those asked; a claim that is not among them was lost meanwhile. */
  @IsUUID('all', { each: true }) confirmed!: string[];
}

/** After records' commit; identity confirms on `records.teacher-registered` anyway. */
export const confirmPersons = internal('identity.person.confirm-list', {
  from: ['records'],
  effect: 'write',
  request: TeacherRefs,
  reply: PersonsConfirmed,
});

/** Gives up a claim that is not confirmed; a confirmed one stays. */
export const releasePerson = internal('identity.person.release', {
  from: ['records'],
  effect: 'write',
  request: TeacherRef,
  reply: Done,
});
