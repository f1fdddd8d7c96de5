import { audited } from './audit';
import { newId } from './new-id';
import type { Work } from './work';

/** A message set aside after its last try, as the bus hands it over. */
export interface Letter {
  durable: string;
  subject: string;
  messageId: string;
  payload: unknown;
  error: string;
  deliveries: number;
}

/** Keeps a message that could not be applied (W3), once per durable and message. */
export async function buryLetter(work: Work, letter: Letter): Promise<void> {
  await work.beyond('dead-letters', (_, sql) =>
    sql(
      `insert into dead_letter (id, durable, subject, message_id, payload, error, deliveries) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (durable, message_id) do update set error = excluded.error, deliveries = excluded.deliveries, buried_at = now()`,
      [
        newId(),
        letter.durable,
        letter.subject,
        letter.messageId,
        JSON.stringify(letter.payload),
        letter.error,
        letter.deliveries,
      ],
    ),
  );
}

/** A message set aside, as operators see it: no content, which is ids and codes but none of their business. */
export interface BuriedLetter {
  id: string;
  durable: string;
  subject: string;
  message_id: string;
  error: string;
  deliveries: number;
  buried_at: Date;
  replayed_at: Date | null;
}

type Redeliver = (letter: Pick<Letter, 'durable' | 'subject' | 'messageId' | 'payload'>) => Promise<void>;

/** What operations do with messages set aside. */
export class DeadLetters {
  constructor(
    private readonly work: Work,
    private readonly redeliver: Redeliver,
  ) {}

  /** Those not replayed yet, oldest first. */
  list(): Promise<BuriedLetter[]> {
    return this.work.beyond('dead-letters', (_, sql) =>
      sql<BuriedLetter>(
        `select id, durable, subject, message_id, error, deliveries, buried_at, replayed_at from dead_letter where replayed_at is null order by id limit 500`,
      ),
    );
  }

  /** Runs it again; only what then succeeded is marked. Throws what its handler throws. */
  async replay(id: string): Promise<{ replayed: string }> {
    const [letter] = await this.work.beyond('dead-letters', (_, sql) =>
      sql<{ durable: string; subject: string; message_id: string; payload: unknown }>(
        `select durable, subject, message_id, payload from dead_letter where id = $1 and replayed_at is null`,
        [id],
      ),
    );
    if (!letter) throw new Error(`no message set aside with id ${id}`);
    await this.redeliver({ ...letter, messageId: letter.message_id });
    await this.work.beyondRecorded('dead-letters', (em, sql) => {
      audited(em, { object: `dead-letter:${id}` });
      return sql(`update dead_letter set replayed_at = now() where id = $1`, [id]);
    });
    return { replayed: id };
  }

  /** Gives it up. */
  async drop(id: string): Promise<{ dropped: string }> {
    return this.work.beyondRecorded('dead-letters', async (em, sql) => {
      const rows = await sql(`delete from dead_letter where id = $1 returning id`, [id]);
      if (rows.length === 0) throw new Error(`no message set aside with id ${id}`);
      audited(em, { object: `dead-letter:${id}` });
      return { dropped: id };
    });
  }
}
