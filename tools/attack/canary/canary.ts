/** A word that stands in one place of the system and nowhere else in the world. */
export interface Canary {
  readonly word: string;
  /** Where it was planted: `contact.address`. */
  readonly place: string;
  /**
   * `sealed`: lies nowhere in clear (D1). `personal`: lies in the tables of its service, and never in streams, logs or
   * temporary files. `secret`: opens something; only its hash is kept.
   */
  readonly kind: 'sealed' | 'personal' | 'secret';
  /** A reason: it stands in the audit (T1), which the auditor above reads. */
  readonly audited?: boolean;
}

/** A new word of so many characters for that place, personal. */
export type NewWord = (place: string, length: number, more?: Pick<Canary, 'audited'>) => string;
