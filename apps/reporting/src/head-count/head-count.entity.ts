import { reportingRefusals, type HeadCountView } from '@shidang/contracts';
import { Scoped } from '@shidang/persistence';
import { Entity, PrimaryKey, Property } from '@mikro-orm/core';

/**
 * 应采集人数 of one school. The confirmed number stays in force until the authority confirms another one: a school
 * cannot raise its rates by declaring fewer people.
 */
@Entity({ tableName: 'head_count' })
@Scoped({ path: 'orgPath' })
export class HeadCount {
  @PrimaryKey({ type: 'text' }) schoolCode: string;
  @Property({ type: 'text' }) orgPath: string;
  @Property({ type: 'integer' }) declared: number;
  @Property({ type: 'timestamptz' }) declaredAt: Date = new Date();
  @Property({ type: 'integer', nullable: true }) confirmed?: number | null;
  @Property({ type: 'timestamptz', nullable: true }) confirmedAt?: Date | null;
  @Property({ type: 'integer', version: true }) version: number = 1;

  constructor(school: { code: string; org_path: string }, declared: number) {
    this.schoolCode = school.code;
    this.orgPath = school.org_path;
    this.declared = declared;
  }

  declare(declared: number): void {
    this.declared = declared;
    this.declaredAt = new Date();
  }

  /** Binds the authority to the number it saw. */
  confirm(seen: number): void {
    const { schoolCode: code, declared } = this;
    if (seen !== declared) throw reportingRefusals.headCountChanged({ code, declared });
    this.confirmed = seen;
    this.confirmedAt = new Date();
  }

  get inForce(): number {
    return this.confirmed ?? this.declared;
  }

  view(): HeadCountView {
    return {
      code: this.schoolCode,
      declared: this.declared,
      declaredAt: this.declaredAt.toISOString(),
      confirmed: this.confirmed ?? undefined,
      confirmedAt: this.confirmedAt?.toISOString(),
      inForce: this.inForce,
      etag: String(this.version),
    };
  }
}
