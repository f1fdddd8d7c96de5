import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength, ValidateNested } from 'class-validator';
import { request } from '../contract';
import { PageMark, PageQuery } from '../page';
import { recordStatuses, TeacherView, type RecordStatus } from './teacher-view';

/** 工作方案 五(六). Ordered by name within a county, city or school, above the city by organisation and name. */
export class ListTeachers extends PageQuery {
  /** Code of an organisation in scope; absent = the caller's own. */
  @IsOptional() @Matches(/^(\d{6}|\d{10})$/) organisation?: string;
  /** Part of a name; from one character. */
  @IsOptional() @IsString() @MaxLength(50) q?: string;
  @IsOptional() @IsIn(recordStatuses) status?: RecordStatus;
  @IsOptional() @IsIn(['kindergarten', 'primarySecondary', 'vocational', 'special']) category?: string;
}

export class TeacherPage {
  @ValidateNested({ each: true }) @Type(() => TeacherView) items!: TeacherView[];
  @ValidateNested() @Type(() => PageMark) page!: PageMark;
}

export const listTeachers = request('records.teacher.list', {
  permission: 'teacher.read',
  effect: 'read',
  request: ListTeachers,
  reply: TeacherPage,
});

export class ReadTeacher {
  @IsUUID() teacherId!: string;
}

export const readTeacher = request('records.teacher.read', {
  permission: 'teacher.read',
  effect: 'read',
  request: ReadTeacher,
  reply: TeacherView,
});
