/** A promise that was not kept. */
export interface Violation {
  readonly check: string;
  /** The operation of the journal it is about. */
  readonly op?: string;
  readonly says: string;
}
