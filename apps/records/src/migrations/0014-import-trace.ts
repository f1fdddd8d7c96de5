import { Migration } from '@shidang/persistence/migration';

/** The trace of the request that ordered an import's step: what the worker does is linked to it. */
export class Migration0014ImportTrace extends Migration {
  override up(): void {
    this.addSql(`alter table import add column traceparent text`);
  }
}
