import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  ValidateNested,
} from 'class-validator';
import { event } from '../contract';
import { Fact } from '../fact';

/** How far the content of a record is; where its review stands is review's to say. */
export const recordStages = ['not-started', 'draft', 'complete', 'effective', 'left'] as const;
export type RecordStage = (typeof recordStages)[number];
export const submissionKinds = ['first', 'addition', 'change'] as const;
export type SubmissionKind = (typeof submissionKinds)[number];

/** A person is on file at a school (工作方案 五(二)): four facts made the teacher. */
export class TeacherRegistered extends Fact {
  @IsUUID() teacherId!: string;
  @IsUUID() personId!: string;
  @IsString() schoolCode!: string;
  @IsString() category!: string;
  @IsString() sex!: string;
  /** `YYYY-MM`: enough for age bands, too little to know a person by. */
  @IsString() birthMonth!: string;
  @IsInt() version!: number;
}

/** Who a list registered, by the same coded facts. */
export class RegisteredTeacher {
  @IsUUID() teacherId!: string;
  @IsUUID() personId!: string;
  @IsString() sex!: string;
  @IsString() birthMonth!: string;
  @IsInt() version!: number;
}

/** A list of persons is on file at a school: one event per list, so that 5,000 teachers are not 5,000 messages. */
export class TeachersRegistered extends Fact {
  @IsString() schoolCode!: string;
  @IsString() category!: string;
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => RegisteredTeacher)
  teachers!: RegisteredTeacher[];
}

/** The draft of one record moved on (entered, complete, mended). */
export class RecordChanged extends Fact {
  @IsUUID() teacherId!: string;
  @IsIn(recordStages) stage!: RecordStage;
  @IsInt() version!: number;
}

export class ImportedTeacher {
  @IsUUID() teacherId!: string;
  @IsIn(recordStages) stage!: RecordStage;
  @IsInt() version!: number;
}

/** One event per committed import chunk, so that 200 teachers are not 3,400 messages. */
export class TeachersImported extends Fact {
  @IsUUID() importId!: string;
  @IsArray()
  @ArrayMaxSize(2000)
  @ValidateNested({ each: true })
  @Type(() => ImportedTeacher)
  teachers!: ImportedTeacher[];
}

/** Content took effect after both reviews. `facts` are coded values statistics need: section.indicator → code(s). */
export class RecordEffective extends Fact {
  @IsUUID() teacherId!: string;
  @IsUUID() submissionId!: string;
  @IsIn(submissionKinds) kind!: SubmissionKind;
  @IsInt() effectiveVersion!: number;
  @IsInt() version!: number;
  @IsBoolean() formalCode!: boolean;
  @IsObject() facts!: Record<string, string | string[]>;
}

/** An immutable submission exists; review opens one case for it. */
export class SubmissionMade extends Fact {
  @IsUUID() submissionId!: string;
  @IsUUID() teacherId!: string;
  @IsString() schoolCode!: string;
  @IsString() category!: string;
  @IsIn(submissionKinds) kind!: SubmissionKind;
  /** HMAC over the canonical JSON of the content, hex. */
  @IsString() contentHash!: string;
  /** Persons whose values are in it, and the person it is about; none of them may review it (谁填报谁负责、谁审核谁负责). */
  @IsUUID(undefined, { each: true }) contributors!: string[];
  /** Account of who pressed submit: told about the return. */
  @IsUUID() submittedBy!: string;
  /** Codes of serious rule hits: a batch approval skips the record. */
  @IsString({ each: true }) ruleHits!: string[];
  @IsOptional() @IsUUID() supersedes?: string;
  /** Sections added, `section.indicator` changed, or mended since the return; nothing for a whole first record. */
  @IsOptional() @IsString({ each: true }) parts?: string[];
}

/** The decision did not fit the content any more; the case becomes a conflict. */
export class DecisionRefused extends Fact {
  @IsUUID() caseId!: string;
  @IsUUID() submissionId!: string;
  @IsUUID() teacherId!: string;
  @IsString() reason!: string;
}

/** A teacher's request to the school to correct a value: made, turned into a change application, declined. */
export const correctionStates = ['open', 'applied', 'declined'] as const;
export type CorrectionState = (typeof correctionStates)[number];

export class CorrectionMoved extends Fact {
  @IsUUID() correctionId!: string;
  @IsUUID() teacherId!: string;
  @IsString() schoolCode!: string;
  @IsIn(correctionStates) state!: CorrectionState;
}

export const recordsEvents = {
  teacherRegistered: event('records.teacher-registered', TeacherRegistered),
  teachersRegistered: event('records.teachers-registered', TeachersRegistered),
  recordChanged: event('records.record-changed', RecordChanged),
  teachersImported: event('records.teachers-imported', TeachersImported),
  recordEffective: event('records.record-effective', RecordEffective),
  submissionMade: event('records.submission-made', SubmissionMade),
  decisionRefused: event('records.decision-refused', DecisionRefused),
  correctionMoved: event('records.correction-moved', CorrectionMoved),
};
export const {
  teacherRegistered,
  teachersRegistered,
  recordChanged,
  teachersImported,
  recordEffective,
  submissionMade,
  decisionRefused,
  correctionMoved,
} = recordsEvents;
