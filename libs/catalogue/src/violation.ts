import type { SectionKey, Value, Words } from './section';

/**
 * error: cannot be submitted. serious: can be submitted when accepted with a reason, but a batch approval skips it.
 * warning: can be accepted with a reason.
 */
export type Severity = 'error' | 'serious' | 'warning';

/** A value that would mend it; absent = the value must be removed or only a human knows. */
export interface Fix {
  readonly value: Value | undefined;
  readonly words: Words;
}

export interface Violation {
  /** Stable snake case; programs may depend on it. */
  readonly code: string;
  readonly section: SectionKey;
  /** The row: its entry id, else its index. Absent when it concerns the section as a whole. */
  readonly entry?: string | number;
  /** The indicator's key. */
  readonly field?: string;
  /** Keys of the other values concerned, to be marked with it. */
  readonly also?: readonly string[];
  readonly severity: Severity;
  readonly words: Words;
  readonly fix?: Fix;
}

export const words = (zh: string, en: string): Words => ({ zh, en });

/** Errors and serious hits first, otherwise in the order found. */
export const worst = (violations: readonly Violation[]): Severity | undefined =>
  (['error', 'serious', 'warning'] as const).find((severity) => violations.some((each) => each.severity === severity));
