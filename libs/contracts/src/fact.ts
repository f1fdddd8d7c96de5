import { Type } from 'class-transformer';
import { IsISO8601, IsOptional, IsString, IsUUID, ValidateNested } from 'class-validator';

/** Who did it, by person and by post; never a name. */
export class Actor {
  @IsUUID() accountId!: string;
  @IsOptional() @IsUUID() personId?: string;
  @IsString() role!: string;
}

/** What every event carries: where in the tree it happened, who did it, when. Ids and codes only. */
export class Fact {
  @IsString() orgPath!: string;
  @IsOptional() @ValidateNested() @Type(() => Actor) actor?: Actor;
  @IsISO8601() at!: string;
}
