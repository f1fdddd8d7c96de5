import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  ValidateNested,
} from 'class-validator';
import { internal, request } from '../contract';
import { organisationCodeForm } from '../identity/fields';
import { MeasuredOrganisation, turns, type Turn } from './fields';

/** What waits where, for somebody who is going to urge. In the caller's scope. */
export class ListBacklog {
  @ArrayMinSize(1) @ArrayMaxSize(200) @Matches(organisationCodeForm, { each: true }) organisations!: string[];
  @ArrayMinSize(1) @ArrayMaxSize(4) @IsIn(turns, { each: true }) turns!: Turn[];
  /** At whoever's turn it is: schools, teachers, the authority right above; otherwise summed per organisation asked for. */
  @IsBoolean() atActors!: boolean;
}

export class BacklogPlace {
  @ValidateNested() @Type(() => MeasuredOrganisation) organisation!: MeasuredOrganisation;
  @IsString() orgPath!: string;
  @IsIn(turns) turn!: Turn;
  @IsInt() n!: number;
  /** Of turn `teacher` at actors: whose. */
  @IsOptional() @IsUUID(undefined, { each: true }) teacherIds?: string[];
}

export class Backlog {
  @ValidateNested() @Type(() => MeasuredOrganisation) asker!: MeasuredOrganisation;
  /** Most first; places where nothing waits are left out. */
  @ValidateNested({ each: true }) @Type(() => BacklogPlace) places!: BacklogPlace[];
}

/** Asked by notifications with the token of who urges: row-level security cuts it to his range. */
export const listBacklog = request('reporting.backlog.list', {
  permission: 'urge.send',
  effect: 'read',
  request: ListBacklog,
  reply: Backlog,
});

export class WatchedPlace {
  @Matches(organisationCodeForm) code!: string;
  @IsIn(turns) turn!: Turn;
  @IsBoolean() atActors!: boolean;
}

/** Is what was urged done meanwhile? */
export class MeasureBacklog {
  @ArrayMaxSize(1000) @ValidateNested({ each: true }) @Type(() => WatchedPlace) places!: WatchedPlace[];
  /** What was urged: an authority at actors is counted over the schools at or below these; absent, over all right below it. */
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @Matches(organisationCodeForm, { each: true })
  within?: string[];
}

export class MeasuredPlace extends WatchedPlace {
  /** Absent when reporting does not know the organisation. */
  @IsOptional() @IsString() name?: string;
  @IsInt() n!: number;
}

export class BacklogMeasured {
  @ValidateNested({ each: true }) @Type(() => MeasuredPlace) places!: MeasuredPlace[];
}

export const measureBacklog = internal('reporting.backlog.measure', {
  from: ['notifications'],
  effect: 'read',
  request: MeasureBacklog,
  reply: BacklogMeasured,
});
