import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { asAdmin, inDatabase, runOf } from '@shidang/dev';
import { rest } from '../client/client';
import type { Violation } from '../check/violation';
import type { Drill, Drilling } from '../drill';

const check = 'poison';
/** Which submissions no case can be opened for: those of some teachers, by the last digit of their ids. */
const poisonous = '[0-3]$';
/** W3: others wait no longer than this for one that fails. */
const blockedSeconds = 5;

const plant = [
  `create function drill_poison() returns trigger language plpgsql as $$ begin
     if new.teacher_id::text ~ '${poisonous}' then raise exception 'poison'; end if; return new; end $$`,
  `create trigger drill_poison before insert on review_case for each row execute function drill_poison()`,
];
const remove = ['drop trigger drill_poison on review_case', 'drop function drill_poison()'];

const run = (url: string, statements: readonly string[]): Promise<void> =>
  asAdmin(url, async (client) => {
    for (const statement of statements) await client.query(statement);
  });

/** How long the slowest submission that is not poisonous waited for its case while others failed. */
async function slowest(drilling: Drilling): Promise<{ n: number; seconds: number }> {
  const { adminUrl } = drilling.system;
  const made = await asAdmin(inDatabase(adminUrl, 'shidang_records'), (client) =>
    client.query<{ id: string; told: Date }>(
      `select id, (payload ->> 'at')::timestamptz as told from outbox
       where subject = 'evt.records.submission-made' and (payload ->> 'at')::timestamptz >= $1 and payload ->> 'teacherId' !~ $2`,
      [drilling.since, poisonous],
    ),
  );
  const taken = await asAdmin(inDatabase(adminUrl, 'shidang_review'), (client) =>
    client.query<{ message_id: string; received_at: Date }>(
      `select message_id, received_at from inbox where durable = 'review-open-case' and received_at >= $1`,
      [drilling.since],
    ),
  );
  const at = new Map(taken.rows.map((row) => [row.message_id, row.received_at.getTime()]));
  const waits = made.rows.map(({ id, told }) => ((at.get(id) ?? Date.now()) - told.getTime()) / 1000);
  return { n: waits.length, seconds: Math.max(0, ...waits) };
}

/** `node main.js dlq …` beside the running service. */
async function dlq({ system }: Drilling, ...args: string[]): Promise<string> {
  const env = { ...system.env.review, SHIDANG_SUPERVISED: '0', PORT_HEALTH: '0' };
  return (await promisify(execFile)(process.execPath, [...runOf('review'), 'dlq', ...args], { env })).stdout;
}

async function replayAll(drilling: Drilling): Promise<number> {
  const letters = JSON.parse(await dlq(drilling, 'list')) as { id: string; durable: string }[];
  for (const { id } of letters) await dlq(drilling, 'replay', id);
  return letters.length;
}

export const poison: Drill = {
  name: 'poison',
  says: 'messages that always fail end in dead_letter, others wait ≤ 5 s for them, dlq replay works',
  minutes: 0.75,
  async faults(drilling) {
    const url = inDatabase(drilling.system.adminUrl, 'shidang_review');
    await run(url, plant);
    await rest(drilling.milliseconds);
    const { n, seconds } = await slowest(drilling);
    // five deliveries with their pauses
    await rest(8_000);
    await run(url, remove);
    const replayed = await replayAll(drilling);
    drilling.say(`${replayed} messages set aside and replayed; ${n} others waited ≤ ${seconds.toFixed(1)} s`);
    const found: Violation[] = [];
    if (replayed === 0) found.push({ check, says: 'nothing was poisoned' });
    if (n === 0) found.push({ check, says: 'nothing else was submitted meanwhile' });
    if (seconds > blockedSeconds) found.push({ check, says: `another message waited ${seconds.toFixed(1)} s` });
    return found;
  },
};
