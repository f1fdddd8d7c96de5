import { Entity, PrimaryKey, Property } from '@mikro-orm/core';
import type { Role, Tier } from '@shidang/access';
import { newId, Scoped } from '@shidang/persistence';
import type { Organisation } from '../organisation/organisation.entity';
import type { Account } from './account.entity';

/** 岗位 of an account: one role in one organisation, until it ends. */
@Entity()
@Scoped({ path: 'orgPath' })
export class Post {
  @PrimaryKey({ type: 'uuid' }) id: string = newId();
  @Property({ type: 'uuid' }) accountId: string;
  @Property({ type: 'text' }) role: Role;
  @Property({ type: 'text' }) tier: Tier;
  @Property({ type: 'text' }) orgPath: string;
  @Property({ type: 'text' }) orgCode: string;
  @Property({ type: 'uuid', nullable: true }) grantedBy?: string;
  @Property({ type: 'timestamptz' }) grantedAt: Date = new Date();
  @Property({ type: 'timestamptz', nullable: true }) expiresAt?: Date;
  @Property({ type: 'timestamptz', nullable: true }) endedAt?: Date;
  /** Counts what events told of it: an older one is dropped by who keeps posts. */
  @Property({ type: 'integer' }) version: number = 1;

  constructor(
    account: Pick<Account, 'id'>,
    role: Role,
    at: Pick<Organisation, 'orgPath' | 'code' | 'tier'>,
    by?: { accountId?: string; expiresAt?: string },
  ) {
    this.accountId = account.id;
    this.role = role;
    this.tier = at.tier;
    this.orgPath = at.orgPath;
    this.orgCode = at.code;
    this.grantedBy = by?.accountId;
    if (by?.expiresAt) this.expiresAt = new Date(by.expiresAt);
  }

  end(): void {
    this.endedAt ??= new Date();
    this.version += 1;
  }

  /** Something about it changed that others keep: the person behind it. */
  touch(): void {
    this.version += 1;
  }
}
