import { Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

/** What a list request takes. `cursor` is opaque and signed by the answering service. */
export class PageQuery {
  /** 1–200, 20 if absent (L4). */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
  @IsOptional() @IsString() cursor?: string;
}

/** Where a page stands. */
export class PageMark {
  @IsOptional() @IsString() next?: string;
  @IsOptional() @IsString() prev?: string;
  @IsInt() total!: number;
  /** False when counting stopped at 10,000. */
  @IsBoolean() totalIsExact!: boolean;
}

/** An empty reply: the effect is the answer. */
export class Done {
  @IsBoolean() done: boolean = true;
}

/** A request without parameters. */
export class Nothing {}
