/** A declared restore of the database to an earlier time: heads known outside after `sequence` up to `setAside` count no more (T2). */
export interface Restoration {
  id: string;
  /** The time the database was restored to, RFC 3339. */
  to: string;
  reason: string;
  /** The last block that the restored database and the heads outside have in common, and its hash. */
  sequence: number;
  hash: string;
  /** The newest head that is set aside. */
  setAside: number;
  /** When it was declared, RFC 3339. */
  at: string;
  /** Ed25519 over all of the above, base64url. */
  signature: string;
}

/** What its signature is over. */
export const restorationWords = (
  service: string,
  { id, to, reason, sequence, hash, setAside, at }: Omit<Restoration, 'signature'>,
): string => JSON.stringify(['shidang audit restoration 1', service, id, to, reason, sequence, hash, setAside, at]);

/** Whether a head told before the declaration is one of those it set aside. */
export const setsAside = ({ sequence, setAside }: Restoration, head: { sequence: number }): boolean =>
  head.sequence > sequence && head.sequence <= setAside;

/** Each once, oldest first, wherever it was declared. */
export const restorationsIn = (places: readonly (readonly Restoration[])[]): Restoration[] =>
  [...new Map(places.flat().map((one) => [one.id, one])).values()].sort((a, b) => (a.at < b.at ? -1 : 1));
