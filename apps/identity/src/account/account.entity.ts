import { Entity, PrimaryKey, Property } from '@mikro-orm/core';
import type { AccountStatus } from '@shidang/contracts';
import { identityRefusals } from '@shidang/contracts';
import { newId, Scoped } from '@shidang/persistence';
import type { Organisation } from '../organisation/organisation.entity';
import { isLocked } from './lockout';

/** One log-in. Its home is the organisation it was issued in: that decides who manages it. */
@Entity()
@Scoped({ path: 'orgPath' })
export class Account {
  @PrimaryKey({ type: 'uuid' }) id: string = newId();
  @Property({ type: 'text' }) orgPath: string;
  @Property({ type: 'text' }) orgCode: string;
  @Property({ type: 'text' }) loginName: string;
  /** What the issuer wrote down, from activation on the name of the person. */
  @Property({ type: 'text', nullable: true }) name?: string;
  /** The human, from activation on (a teacher's from the start). */
  @Property({ type: 'uuid', nullable: true }) personId?: string;
  @Property({ type: 'uuid', nullable: true }) teacherId?: string;
  @Property({ type: 'text', nullable: true }) passwordHash?: string;
  @Property({ type: 'timestamptz', nullable: true }) passwordSetAt?: Date;
  @Property({ type: 'timestamptz', nullable: true }) activatedAt?: Date;
  @Property({ type: 'text' }) status: AccountStatus = 'issued';
  @Property({ type: 'integer' }) failures: number = 0;
  @Property({ type: 'timestamptz', nullable: true }) lockedUntil?: Date | null;
  @Property({ type: 'timestamptz', nullable: true }) lastLoginAt?: Date;
  /** Sessions begun before are no longer good. */
  @Property({ type: 'timestamptz' }) sessionsFrom: Date = new Date();
  @Property({ type: 'timestamptz' }) createdAt: Date = new Date();
  @Property({ type: 'integer', version: true }) version: number = 1;

  constructor(home: Pick<Organisation, 'orgPath' | 'code'>, loginName: string, name?: string) {
    this.orgPath = home.orgPath;
    this.orgCode = home.code;
    this.loginName = loginName;
    this.name = name;
  }

  /** Whoever holds the slip sets the password; the first one also says who he is. Answers whether it was the first time. */
  activate(passwordHash: string, person: { id: string; name: string }): boolean {
    this.refuseDisabled();
    const first = !this.activatedAt;
    this.activatedAt ??= new Date();
    this.passwordHash = passwordHash;
    this.passwordSetAt = new Date();
    this.personId = person.id;
    this.name = person.name;
    this.status = 'active';
    this.unlock();
    return first;
  }

  changePassword(passwordHash: string): void {
    this.passwordHash = passwordHash;
    this.passwordSetAt = new Date();
    this.endSessions();
  }

  /** A new slip: the old password and every session end now. */
  reset(): void {
    this.refuseDisabled();
    this.passwordHash = undefined;
    this.passwordSetAt = undefined;
    this.status = 'issued';
    this.endSessions();
  }

  disable(): void {
    this.status = 'disabled';
    this.endSessions();
  }

  /** Keeps the password it had; without one it waits for its slip. */
  enable(): void {
    if (this.status === 'disabled') this.status = this.passwordHash ? 'active' : 'issued';
  }

  unlock(): void {
    this.failures = 0;
    this.lockedUntil = null;
  }

  locked(now: Date): boolean {
    return isLocked(this, now);
  }

  endSessions(): void {
    this.sessionsFrom = new Date();
  }

  private refuseDisabled(): void {
    if (this.status === 'disabled') throw identityRefusals.accountDisabled({});
  }
}
