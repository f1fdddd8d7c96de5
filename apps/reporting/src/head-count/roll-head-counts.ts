import { faultWords } from '@shidang/bus';
import { Work } from '@shidang/persistence';
import { Injectable, Logger } from '@nestjs/common';
import { Tally } from '../rollup/tally';

interface Waiting {
  school_code: string;
  org_path: string;
  confirmed: number | null;
  in_force: number;
  rolled: number;
  rolled_declared: boolean;
  rolled_confirmed: boolean;
}

/**
 * Carries head counts into the roll-up of the authorities above, which a school may not write itself. Each row remembers
 * what has been counted of it, so a crash between the two only delays.
 */
@Injectable()
export class RollHeadCounts {
  private readonly log = new Logger('RollHeadCounts');

  constructor(private readonly work: Work) {}

  /** After the commit of what is to be carried, which no fault here undoes: `keepRolling` carries it then. */
  async soon(): Promise<void> {
    try {
      await this.run();
    } catch (error) {
      this.log.warn({ notCarriedYet: faultWords(error).words });
    }
  }

  /** How many schools were carried. */
  run(): Promise<number> {
    return this.work.beyond('rollup', async (_, sql) => {
      const rows = await sql<Waiting>(
        `select school_code, org_path, confirmed, in_force, rolled, rolled_declared, rolled_confirmed
         from head_count where waiting order by org_path limit 2000 for update`,
        [],
        'head-counts-waiting',
      );
      if (rows.length === 0) return 0;
      const tally = new Tally();
      for (const row of rows) {
        tally.add(row.org_path, 'head-count', '', row.in_force - row.rolled);
        tally.add(row.org_path, 'schools-declared', '', row.rolled_declared ? 0 : 1);
        tally.add(row.org_path, 'schools-confirmed', '', Number(row.confirmed !== null) - Number(row.rolled_confirmed));
      }
      await sql(
        `update head_count set rolled = in_force, rolled_declared = true, rolled_confirmed = confirmed is not null
         where school_code = any($1)`,
        [rows.map((row) => row.school_code)],
        'head-counts-rolled',
      );
      await tally.write(sql);
      return rows.length;
    });
  }
}
