import { Migration } from '@shidang/persistence/migration';

/** The trace of the request that made a batch, later of the one that released it: what the worker does is linked to it. */
export class Migration0004BatchTrace extends Migration {
  override up(): void {
    this.addSql(`alter table review_batch add column traceparent text`);
  }
}
