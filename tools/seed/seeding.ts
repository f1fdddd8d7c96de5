import type { Vault } from '@shidang/persistence';
import { Random } from './invented/random';
import { Batch } from './load/batch';
import { fillRecord } from './rows/filled-record';
import { addHeadCount } from './rows/head-counts';
import { IdentityRows } from './rows/identity-rows';
import { journeyOf } from './rows/journey';
import type { PasswordHashes } from './rows/password-hashes';
import { RecordRows } from './rows/record-rows';
import { ReportingRows, type Counts } from './rows/reporting-rows';
import { ReviewRows, type SeededCase } from './rows/review-rows';
import { Calendar } from './world/calendar';
import { Identifiers } from './world/identifiers';
import { isLean, isSettled } from './world/scale';
import type { SchoolPlan, Staff, World } from './world/world';

export interface Vaults {
  readonly identity: Vault;
  readonly records: Vault;
  readonly review: Vault;
}

/** Teachers whose rows are held at a time: some 10 MB of text. */
const mostTeachers = 200;

/** Turns one part of the world into rows, a batch of schools at a time. */
export class Seeding {
  private readonly ids: Identifiers;
  private readonly random: Random;
  private readonly calendar: Calendar;
  private readonly identity: IdentityRows;
  private readonly records: RecordRows;
  private readonly review: ReviewRows;
  private readonly reporting = new ReportingRows();
  private readonly settled: boolean;
  private readonly staffAt: ReadonlyMap<string, Staff>;

  constructor(
    private readonly world: World,
    private readonly vaults: Vaults,
    hashes: PasswordHashes,
    now: Date,
  ) {
    // apart from the ids of the plan: entries and cases are made while it is written
    const { scale, seed, index } = world.part;
    this.settled = isSettled(scale);
    this.ids = new Identifiers(`rows ${seed}`, 1, index);
    this.random = new Random(`rows ${seed}`);
    this.calendar = new Calendar(now, this.random);
    this.identity = new IdentityRows(vaults.identity, hashes, this.ids, this.calendar);
    this.records = new RecordRows(vaults.records, this.ids, this.random, this.calendar);
    this.review = new ReviewRows(vaults.review, this.ids);
    this.staffAt = new Map(world.authorities.map(({ organisation, staff }) => [organisation.code, staff]));
  }

  /** What reporting counts of a settled world, when every batch has been made. */
  get counts(): Counts {
    return this.reporting.counts;
  }

  *batches(): Generator<Batch> {
    yield this.organisations();
    let batch = new Batch(!this.settled);
    let held = 0;
    for (const plan of this.world.schools) {
      this.school(batch, plan);
      held += plan.teachers.length;
      if (held < mostTeachers) continue;
      yield batch;
      [batch, held] = [new Batch(!this.settled), 0];
    }
    if (held > 0) yield batch;
  }

  /** Organisations and who acts there come first: whoever is told of a case later is known by then. */
  private organisations(): Batch {
    const batch = new Batch();
    for (const { organisation, staff } of this.world.authorities) {
      this.identity.organisation(batch, organisation);
      this.staff(batch, staff, organisation.parentCode);
    }
    for (const { school, staff } of this.world.schools) {
      this.identity.organisation(batch, school);
      this.staff(batch, staff, school.parentCode);
      addHeadCount(batch, school, this.calendar);
    }
    return batch;
  }

  private school(batch: Batch, { school, staff, teachers }: SchoolPlan): void {
    for (const { account } of teachers) this.identity.account(batch, account, staff.systemAdministrator);
    const { ids, calendar, random } = this;
    const filling = {
      vault: this.vaults.records,
      ids,
      random,
      lean: isLean(this.world.part.scale),
      today: this.world.today,
    };
    const actors = { school: staff, authority: this.staffAt.get(school.parentCode)! };
    const registrar = staff.systemAdministrator!;
    const filler = staff.informationAdministrator?.activated ? staff.informationAdministrator : undefined;
    const cases: SeededCase[] = [];
    const movements: Date[] = [];
    for (const teacher of teachers) {
      const entries = fillRecord(filling, school, teacher);
      const journey = journeyOf(teacher, entries, { actors, ids, calendar });
      const record = { school, teacher, entries, journey, registrar, filler };
      const { submitted, settled } = this.records.add(batch, record);
      if (journey && submitted) cases.push({ school, teacher, journey, ...submitted });
      movements.push(settled.movedAt);
      if (this.settled) this.reporting.teacher(batch, school, teacher, settled);
    }
    if (this.settled) this.reporting.school(batch, school, movements);
    this.review.addSchool(batch, school, staff, cases);
  }

  /** 逐级分发: the system administrator comes from the tier above, the others from him. */
  private staff(batch: Batch, staff: Staff, parentCode: string | undefined): void {
    const { systemAdministrator: own, ...others } = staff;
    if (own) this.identity.account(batch, own, this.staffAt.get(parentCode ?? '')?.systemAdministrator);
    for (const account of Object.values(others)) this.identity.account(batch, account, own);
  }
}
