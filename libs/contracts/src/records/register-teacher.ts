import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { request } from '../contract';
import { Finding } from '../finding';
import { TeacherView } from './teacher-view';

export class EmploymentContract {
  @IsString() @MaxLength(20) start!: string;
  /** Absent = without a fixed term. */
  @IsOptional() @IsString() @MaxLength(20) end?: string;
}

export class TeacherEmployment {
  /** 在编 */
  @IsBoolean() onEstablishment!: boolean;
  @IsOptional() @ValidateNested() @Type(() => EmploymentContract) contract?: EmploymentContract;
  @IsOptional() @IsIn(['teaching', 'professional', 'management', 'support']) postKind?:
    'teaching' | 'professional' | 'management' | 'support';
  @IsOptional() @IsBoolean() retired?: boolean;
}

/** As typed or pasted; the rules, not the form of the request, say what is wrong with it. */
export class TeacherDocument {
  /** Code of table `idDocType`; 1 is the resident identity card. */
  @IsString() @MaxLength(20) type!: string;
  @IsString() @MaxLength(60) number!: string;
}

/** 工作方案 五(二): the four facts that make a teacher, and the employment that decides whether he is collected. */
export class RegisterTeacher {
  @IsString() @MaxLength(100) name!: string;
  /** Code or name: 1 男, 2 女. */
  @IsString() @MaxLength(20) sex!: string;
  @IsString() @MaxLength(20) birthDate!: string;
  @IsDefined() @ValidateNested() @Type(() => TeacherDocument) document!: TeacherDocument;
  @IsDefined() @ValidateNested() @Type(() => TeacherEmployment) employment!: TeacherEmployment;
}

export class TeacherMade {
  @ValidateNested() @Type(() => TeacherView) teacher!: TeacherView;
  /** For instance somebody of the same name, birth date and sex under another number. */
  @ValidateNested({ each: true }) @Type(() => Finding) warnings!: Finding[];
}

export const registerTeacher = request('records.teacher.register', {
  permission: 'teacher.register',
  effect: 'write',
  request: RegisterTeacher,
  reply: TeacherMade,
});

/** A list pasted from a sheet: good rows are registered, bad ones listed with what is wrong. */
export class RegisterTeachers {
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => RegisterTeacher)
  teachers!: RegisterTeacher[];
}

export class RegisteredRow {
  /** Position in the list, from 0. */
  @IsInt() index!: number;
  @IsIn(['registered', 'refused']) outcome!: 'registered' | 'refused';
  @IsOptional() @IsUUID() teacherId?: string;
  @ValidateNested({ each: true }) @Type(() => Finding) findings!: Finding[];
}

export class TeachersMade {
  @IsInt() registered!: number;
  @IsInt() refused!: number;
  @ValidateNested({ each: true }) @Type(() => RegisteredRow) rows!: RegisteredRow[];
}

export const registerTeachers = request('records.teacher.register-list', {
  permission: 'teacher.register',
  effect: 'write',
  lane: 'bulk',
  request: RegisterTeachers,
  reply: TeachersMade,
});
