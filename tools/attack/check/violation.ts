/** A promise that was not kept. */
export interface Violation {
  readonly check: string;
  readonly says: string;
  /** What was sent: enough to send it again. */
  readonly asked?: string;
}
