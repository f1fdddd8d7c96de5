import type { Category } from './section';

/** How firm the codes are: national code · seen in a public implementation · names seen, codes ours · all ours until the official table is obtained. */
export type CodeTableStatus = 'standard' | 'found' | 'names-found' | 'proposed';

export interface Code {
  readonly code: string;
  readonly name: string;
  readonly parent?: string;
  /** false = heading: shown, never chosen. */
  readonly selectable?: boolean;
  /** Codes of the category table under which this level may be chosen; absent = under every one. */
  readonly categories?: readonly string[];
  /** 1 is the highest; derived values pick by it. */
  readonly rank?: number;
  /** GB/T 3304 letters. */
  readonly letter?: string;
  /** Running types of schools: the category they are collected with. */
  readonly category?: Category;
  /** Attached class: the category may be set per person. */
  readonly attached?: boolean;
  /** Person status: no longer on the books. */
  readonly left?: boolean;
  readonly note?: string;
}

/** 代码表 */
export interface CodeTable {
  readonly key: string;
  readonly zhName: string;
  readonly en: string;
  readonly standard: string;
  readonly status: CodeTableStatus;
  readonly note?: string;
  readonly codes: readonly Code[];
}
