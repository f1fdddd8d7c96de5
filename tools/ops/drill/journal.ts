/** One write as its client saw it; moments are the host's clock, which is the database's here. */
export interface Written {
  readonly what: 'teacher' | 'entry';
  readonly sentAt: number;
  /** Undefined: no answer came, it may have happened or not. */
  answeredAt?: number;
  status?: number;
  /** Of what was made. */
  id?: string;
}

export interface Verdict {
  readonly acknowledgedBefore: number;
  readonly sentAfter: number;
  /** Around the moment: both are right. */
  readonly either: number;
  readonly wrong: readonly string[];
}

const happened = ({ status, id }: Written): boolean => id !== undefined && status !== undefined && status < 300;

/**
 * What must be true of a system restored to `moment`: whatever was acknowledged by then is there once, whatever was sent later is not.
 * `there` counts what was found by id.
 */
export function judge(journal: readonly Written[], moment: number, there: ReadonlyMap<string, number>): Verdict {
  const wrong: string[] = [];
  const count = { acknowledgedBefore: 0, sentAfter: 0, either: 0 };
  for (const written of journal.filter(happened)) {
    const found = there.get(written.id!) ?? 0;
    const name = `${written.what} ${written.id}`;
    if (found > 1) wrong.push(`${name} is there ${found} times`);
    if (written.answeredAt! <= moment) {
      count.acknowledgedBefore += 1;
      if (found === 0)
        wrong.push(`${name} was acknowledged ${moment - written.answeredAt!} ms before the moment and is lost`);
    } else if (written.sentAt > moment) {
      count.sentAfter += 1;
      if (found > 0) wrong.push(`${name} was sent ${written.sentAt - moment} ms after the moment and is there`);
    } else count.either += 1;
  }
  if (count.acknowledgedBefore === 0 || count.sentAfter === 0)
    wrong.push('the moment does not divide the journal: nothing was proved');
  return { ...count, wrong };
}
