import { holds } from '../condition';
import { isEmpty, type Values, type Words } from '../section';
import type { Severity, Violation } from '../violation';
import type { RowPlan, Rule } from './plan';

export interface RowContext {
  /** `YYYY-MM-DD` where the school is. */
  readonly today: string;
  /** Named by the violations: entry id, else index. */
  readonly entry?: string | number;
  /** A draft being typed: what is still missing is not said. */
  readonly partial?: boolean;
  /** Keys already refused by `normaliseRow`: neither missing nor compared with anything. */
  readonly reported?: ReadonlySet<string>;
}

/** What is collected while one row is checked. Bad values are not compared further: one root mistake, one violation. */
export class RowCheck {
  readonly found: Violation[] = [];
  private bad: Set<string> | undefined;

  constructor(
    readonly plan: RowPlan,
    readonly values: Values,
    readonly context: RowContext,
  ) {
    if (context.reported?.size) this.bad = new Set(context.reported);
  }

  isBad(key: string): boolean {
    return this.bad !== undefined && this.bad.has(key);
  }

  isSound(key: string): boolean {
    return !this.isBad(key) && !isEmpty(this.values[key]);
  }

  add(
    code: string,
    field: string,
    text: Words,
    more: Pick<Violation, 'fix' | 'also'> & { severity?: Severity } = {},
  ): void {
    const { severity = 'error', ...rest } = more;
    const { entry } = this.context;
    this.found.push({
      code,
      section: this.plan.section.key,
      ...(entry !== undefined && { entry }),
      field,
      severity,
      words: text,
      ...rest,
    });
    if (severity === 'error') (this.bad ??= new Set()).add(field);
  }

  /** Conclusions are drawn only from values that are sound. */
  holds(rule: Rule): boolean {
    return !this.dependsOnBad(rule) && holds(rule.condition, this.values, this.plan.category);
  }

  dependsOnBad(rule: Rule): boolean {
    const { bad } = this;
    return bad !== undefined && rule.names.some((name) => bad.has(name));
  }
}
