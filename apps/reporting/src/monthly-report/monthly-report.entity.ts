import { allows, codeOfPath, parentPath, type Caller } from '@shidang/access';
import { reportingRefusals, reportVerbs, type CellValue, type ReportStage, type ReportVerb } from '@shidang/contracts';
import { newId, Scoped } from '@shidang/persistence';
import { Entity, PrimaryKey, Property } from '@mikro-orm/core';
import { dayInChina } from './china-day';
import { dueOn } from './due-day';
import { carriedOver, findingsOfTyped } from './typed-cells';

const may = {
  fill: ['open', 'returned'],
  submit: ['open', 'returned'],
  accept: ['submitted'],
  return: ['submitted'],
  restate: ['accepted', 'rolled-up'],
} as const satisfies Readonly<Record<ReportVerb, readonly ReportStage[]>>;

/**
 * 月报表 of one organisation and month (工作方案 六(三)). What has been submitted is a frozen, numbered sheet; the report
 * itself only says where it stands and holds what is being typed.
 */
@Entity({ tableName: 'monthly_report' })
@Scoped({ path: 'orgPath' })
export class MonthlyReport {
  @PrimaryKey({ type: 'uuid' }) id: string = newId();
  @Property({ type: 'text' }) orgPath: string;
  @Property({ type: 'text' }) orgCode: string;
  @Property({ type: 'text' }) month: string;
  @Property({ type: 'text' }) stage: ReportStage = 'open';
  /** Number of the last frozen sheet. */
  @Property({ type: 'integer' }) number: number = 0;
  /** The sheet the tier above took; it stays the valid one while a restatement is being made. */
  @Property({ type: 'integer', nullable: true }) acceptedNumber?: number | null;
  @Property({ type: 'json' }) typed: Record<string, CellValue> = {};
  @Property({ type: 'string', columnType: 'date' }) dueOn: string;
  @Property({ type: 'timestamptz', nullable: true }) submittedAt?: Date | null;
  @Property({ type: 'uuid', nullable: true }) submittedBy?: string | null;
  @Property({ type: 'boolean' }) late: boolean = false;
  @Property({ type: 'text', nullable: true }) restatementReason?: string | null;
  @Property({ type: 'timestamptz' }) openedAt: Date = new Date();
  @Property({ type: 'integer', version: true }) version: number = 1;

  constructor(orgPath: string, month: string, dueDay: number) {
    this.orgPath = orgPath;
    this.orgCode = codeOfPath(orgPath);
    this.month = month;
    this.dueOn = dueOn(month, dueDay);
  }

  /** When the work group was set up and who fills in is known from the month before. */
  carryOver(last: MonthlyReport): void {
    this.typed = carriedOver(last.typed);
  }

  /** Only typed cells; null empties one. */
  fill(values: Record<string, CellValue>, by: Caller): void {
    this.asReporter('fill', by);
    const findings = findingsOfTyped(values);
    if (findings.length > 0) throw reportingRefusals.cellsInvalid({}).with(findings);
    const typed = { ...this.typed, ...values };
    this.typed = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== null));
  }

  /** Answers the number of the sheet that is frozen now. */
  submit(by: Caller, now: Date): number {
    this.asReporter('submit', by);
    this.stage = 'submitted';
    this.number += 1;
    // a restatement of a report that came in time does not make it late
    if (this.acceptedNumber == null) this.late = dayInChina(now) > this.dueOn;
    this.submittedAt = now;
    this.submittedBy = by.personId;
    return this.number;
  }

  accept(by: Caller): void {
    this.asTierAbove('accept', by);
    this.stage = 'accepted';
    this.acceptedNumber = this.number;
    this.restatementReason = null;
  }

  sendBack(by: Caller): void {
    this.asTierAbove('return', by);
    this.stage = 'returned';
  }

  /** Opens the next sheet; the accepted one stays as it is. */
  restate(by: Caller, reason: string): void {
    this.asReporter('restate', by);
    this.stage = 'open';
    this.restatementReason = reason;
  }

  /** The tier above has summed the accepted sheet. */
  rollUp(): void {
    if (this.stage === 'accepted') this.stage = 'rolled-up';
  }

  get isOpen(): boolean {
    return may.fill.some((stage) => stage === this.stage);
  }

  /** Overdue, or submitted after the due day. */
  isLate(now: Date): boolean {
    return this.late || (this.number === 0 && dayInChina(now) > this.dueOn);
  }

  /** What this caller could do now; nothing else is offered to him. */
  mayOf(by: Caller): ReportVerb[] {
    const reporter = by.orgPath === this.orgPath && allows(by, 'report.write');
    const above = this.isBelow(by) && allows(by, 'report.accept');
    const verbs = reportVerbs.filter((verb) => (verb === 'accept' || verb === 'return' ? above : reporter));
    return verbs.filter((verb) => may[verb].some((fitting) => fitting === this.stage));
  }

  /** 谁填报谁负责、谁审核谁负责: not by the person who submitted it, whatever posts they hold. */
  private isBelow(by: Caller): boolean {
    return parentPath(this.orgPath) === by.orgPath && by.personId !== this.submittedBy;
  }

  private asReporter(verb: 'fill' | 'submit' | 'restate', by: Caller): void {
    if (by.orgPath !== this.orgPath) throw reportingRefusals.notTheReporter({});
    this.atStage(verb);
  }

  private asTierAbove(verb: 'accept' | 'return', by: Caller): void {
    if (!this.isBelow(by)) throw reportingRefusals.notYoursToAccept({});
    this.atStage(verb);
  }

  private atStage(verb: ReportVerb): void {
    const { stage } = this;
    if (!may[verb].some((fitting) => fitting === stage)) throw reportingRefusals.wrongStage({ stage, verb });
  }
}
