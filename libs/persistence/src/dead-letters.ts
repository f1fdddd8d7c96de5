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
