import { Type } from 'class-transformer';
import { ArrayMaxSize, IsString, IsUUID, ValidateNested } from 'class-validator';
import { request } from '../contract';

/** Names beside ids in lists of other services, once per page, in the caller's scope; ids out of scope are left out. */
export class LabelTeachers {
  @ArrayMaxSize(200) @IsUUID(undefined, { each: true }) teacherIds!: string[];
}

export class TeacherLabel {
  @IsUUID() teacherId!: string;
  @IsString() name!: string;
  @IsString() sex!: string;
  @IsString() organisation!: string;
  @IsString() organisationName!: string;
  @IsString() personalCodeMasked!: string;
}

export class TeacherLabels {
  @ValidateNested({ each: true }) @Type(() => TeacherLabel) labels!: TeacherLabel[];
}

export const labelTeachers = request('records.teacher.labels', {
  permission: 'teacher.read',
  effect: 'read',
  request: LabelTeachers,
  reply: TeacherLabels,
});
