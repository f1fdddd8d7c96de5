import { Entity, PrimaryKey, Property } from '@mikro-orm/core';
import { newId, Scoped } from '@shidang/persistence';
import type { Account } from '../account/account.entity';

/** The secret of one slip 激活单: used once, good for seven days, void when a newer one is issued. Only its hash is kept. */
@Entity()
@Scoped({ path: 'orgPath' })
export class ActivationCode {
  @PrimaryKey({ type: 'uuid' }) id: string = newId();
  @Property({ type: 'uuid' }) accountId: string;
  @Property({ type: 'text' }) orgPath: string;
  @Property({ type: 'text' }) codeHash: string;
  @Property({ type: 'uuid', nullable: true }) issuedBy?: string;
  @Property({ type: 'timestamptz' }) issuedAt: Date;
  @Property({ type: 'timestamptz' }) expiresAt: Date;
  @Property({ type: 'timestamptz', nullable: true }) redeemedAt?: Date;
  @Property({ type: 'timestamptz', nullable: true }) voidedAt?: Date;

  constructor(
    account: Pick<Account, 'id' | 'orgPath'>,
    codeHash: string,
    good: { days: number; by?: string; now?: Date },
  ) {
    this.accountId = account.id;
    this.orgPath = account.orgPath;
    this.codeHash = codeHash;
    this.issuedBy = good.by;
    this.issuedAt = good.now ?? new Date();
    this.expiresAt = new Date(this.issuedAt.getTime() + good.days * 86_400_000);
  }

  isGood(now: Date): boolean {
    return !this.redeemedAt && !this.voidedAt && this.expiresAt > now;
  }
}
