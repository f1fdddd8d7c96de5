import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsISO8601, IsOptional, IsString, IsUUID, Length, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { PageMark, PageQuery } from '../page';
import { caseStages } from '../review/events';
import { correctionStates, type CorrectionState } from './events';
import { changeStates } from './request-change';

/** 工作方案 五(五): a teacher asks the school to correct one effective value; only the school applies for the change. */
export class AskCorrection {
  @IsUUID() teacherId!: string;
  @IsUUID() entryId!: string;
  @IsString() indicator!: string;
  /** What would be right, as typed; `null` empties it. Absent: the school finds out. */
  @IsOptional() value?: unknown;
  @IsString() @Length(2, 500) reason!: string;
}

export class CorrectionView {
  @IsUUID() id!: string;
  @IsUUID() teacherId!: string;
  @IsString() teacherName!: string;
  /** The teacher's: what labels and codes are called. */
  @IsString() category!: string;
  @IsUUID() entryId!: string;
  @IsString() section!: string;
  @IsString() indicator!: string;
  /** As it was when it was asked for; masked when sensitive, as is the proposed one. */
  @IsOptional() presentValue?: unknown;
  @IsBoolean() proposes!: boolean;
  @IsOptional() proposedValue?: unknown;
  @IsString() reason!: string;
  /** `applied`: the school has applied for the change; `changeState` says what became of that. */
  @IsIn(correctionStates) state!: CorrectionState;
  /** The school's words to a request it declined. */
  @IsOptional() @IsString() words?: string;
  @IsOptional() @IsUUID() changeRequestId?: string;
  @IsOptional() @IsIn(changeStates) changeState?: string;
  @IsOptional() @IsIn(caseStages) changeStage?: string;
  @IsISO8601() askedAt!: string;
  @IsOptional() @IsISO8601() answeredAt?: string;
}

export const askCorrection = request('records.correction.ask', {
  permission: 'change.ask',
  effect: 'write',
  request: AskCorrection,
  reply: CorrectionView,
});

export class ListCorrections extends PageQuery {
  @IsOptional() @IsUUID() teacherId?: string;
  @IsOptional() @IsIn(correctionStates) state?: CorrectionState;
}

export class CorrectionPage {
  @ValidateNested({ each: true }) @Type(() => CorrectionView) items!: CorrectionView[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

export const listCorrections = request('records.correction.list', {
  permission: 'record.read',
  effect: 'read',
  request: ListCorrections,
  reply: CorrectionPage,
});

/** The school's information administrator says why the value stays; the other answer is `RequestChange.correctionId`. */
export class DeclineCorrection {
  @IsUUID() correctionId!: string;
  @IsString() @Length(2, 500) words!: string;
}

export const declineCorrection = request('records.correction.decline', {
  permission: 'change.request',
  effect: 'write',
  request: DeclineCorrection,
  reply: CorrectionView,
});
