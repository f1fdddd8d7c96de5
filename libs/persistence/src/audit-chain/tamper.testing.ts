import { entryBytes, type AuditBlock } from './audit-block';
import type { AuditKeys } from './audit-keys';
import { auditColumns, idBytes } from './audit-row';
import type { Flaw } from './chain-flaws';
import type { Victim } from './victim.testing';

/** Seeded, so that a failing tamper can be done again. */
export function seeded(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    below,
    between: (low: number, high: number) => low + below(high - low + 1),
    pick: <T>(of: readonly T[]): T => of[below(of.length)]!,
  };
}
export type Chance = ReturnType<typeof seeded>;

/** What the verifier must answer first: everything that is said here. */
export type Expected = Partial<Flaw>;
export interface Attack {
  victim: Victim;
  chance: Chance;
  /** The service's own keys, for a thief who has them, and keys somebody made up. */
  keys: { stolen: AuditKeys; invented: AuditKeys };
}

const withRows = (victim: Victim, least = 1) => victim.blocks.filter(({ rows }) => rows >= least);

function target({ victim, chance }: Attack, least = 1) {
  const block = chance.pick(withRows(victim, least));
  const ids = victim.ids(block);
  const ordinal = chance.below(ids.length);
  return { block, ids, ordinal, id: ids[ordinal]!, at: { sequence: block.sequence, ordinal } };
}

const without = (entries: Buffer, ordinal: number): Buffer =>
  Buffer.concat([entries.subarray(0, ordinal * entryBytes), entries.subarray((ordinal + 1) * entryBytes)]);

/** Another id of the same moment: the row would stand beside the one it imitates. */
const besides = (id: string): string =>
  `${id.slice(0, -4)}${((Number.parseInt(id.slice(-4), 16) + 1) & 0xffff).toString(16).padStart(4, '0')}`;

async function forge(victim: Victim, like: string): Promise<string> {
  const id = besides(like);
  await victim.query(
    `insert into audit_event (${auditColumns.join(', ')}) select $2, ${auditColumns.slice(1).join(', ')} from audit_event where id = $1`,
    [like, id],
  );
  return id;
}

async function cut(victim: Victim, blocks: readonly AuditBlock[]): Promise<void> {
  await victim.query(`delete from audit_event where id = any($1::uuid[])`, [
    blocks.flatMap((block) => victim.ids(block)),
  ]);
  await victim.query(`delete from audit_seal where sequence = any($1::bigint[])`, [
    blocks.map(({ sequence }) => sequence),
  ]);
}

const otherText = `coalesce(%, '') || '!'`;
const columnEdits = auditColumns
  .filter((column) => column !== 'id')
  .map((column): [string, string] => {
    if (column === 'at') return [column, `at + interval '1 millisecond'`];
    if (column.endsWith('_id') && column !== 'trace_id') return [column, 'gen_random_uuid()'];
    return [column, column === 'fields' ? `coalesce(fields, '{}') || '{x}'` : otherText.replace('%', column)];
  });

export const attacks: Readonly<Record<string, (attack: Attack) => Promise<Expected>>> = {
  async 'edit any column'(attack) {
    const { id, at } = target(attack);
    const [column, value] = attack.chance.pick(columnEdits);
    await attack.victim.query(`update audit_event set ${column} = ${value} where id = $1`, [id]);
    return { ...at, row: id, why: 'changed' };
  },
  async 'null becomes empty'(attack) {
    const { id, at } = target(attack);
    await attack.victim.query(`update audit_event set reason = case when reason is null then '' end where id = $1`, [
      id,
    ]);
    return { ...at, row: id, why: 'changed' };
  },
  async 'words move from one column to the next'(attack) {
    const { id, at } = target(attack);
    await attack.victim.query(
      `update audit_event set what = left(what, -1), role = right(what, 1) || coalesce(role, '') where id = $1`,
      [id],
    );
    return { ...at, row: id, why: 'changed' };
  },
  async 'delete a row'(attack) {
    const { id, at } = target(attack);
    await attack.victim.query(`delete from audit_event where id = $1`, [id]);
    return { ...at, row: id, why: 'deleted' };
  },
  async 'delete a row and its entry, consistently'(attack) {
    const { victim, keys } = attack;
    const { id, at, block, ids, ordinal } = target(attack, 2);
    await victim.query(`delete from audit_event where id = $1`, [id]);
    await victim.rehash(await victim.splice(block, without(block.entries, ordinal)), keys.invented);
    return ordinal === ids.length - 1 ? { ...at, after: ids.at(-2) } : { ...at, row: ids[ordinal + 1], why: 'changed' };
  },
  async 'insert a forged row'(attack) {
    return { row: await forge(attack.victim, target(attack).id), why: 'inserted' };
  },
  async 'insert a forged row and queue it'(attack) {
    const row = await forge(attack.victim, target(attack).id);
    await attack.victim.query(`insert into audit_unsealed values ($1, $2)`, [
      row,
      Buffer.alloc(32, attack.chance.below(256)),
    ]);
    return { row, why: 'forged' };
  },
  async 'insert a forged row with its entry, consistently'(attack) {
    const { victim, keys } = attack;
    const { id, block, ordinal } = target(attack);
    const row = await forge(victim, id);
    const entry = Buffer.concat([idBytes(row), Buffer.alloc(32, attack.chance.below(256))]);
    const cutAt = (ordinal + 1) * entryBytes;
    const entries = Buffer.concat([block.entries.subarray(0, cutAt), entry, block.entries.subarray(cutAt)]);
    await victim.rehash(await victim.splice(block, entries), keys.invented);
    return { sequence: block.sequence, ordinal: ordinal + 1, row, why: 'changed' };
  },
  async 'swap the content of two rows'(attack) {
    const [a, b] = [target(attack), target(attack)].sort(
      (x, y) => x.at.sequence - y.at.sequence || x.ordinal - y.ordinal,
    ) as [ReturnType<typeof target>, ReturnType<typeof target>];
    const columns = auditColumns.slice(1).join(', ');
    const { rows } = await attack.victim.query(
      `select distinct ${columns} from audit_event where id = any($1::uuid[])`,
      [[a.id, b.id]],
    );
    // two rows of equal content: nothing would change
    if (rows.length < 2) return attacks['edit any column']!(attack);
    await attack.victim.query(
      `update audit_event e set (${columns}) = (select ${columns} from audit_event o where o.id = case when e.id = $1 then $2::uuid else $1::uuid end)
       where id in ($1, $2)`,
      [a.id, b.id],
    );
    return { ...a.at, row: a.id, why: 'changed' };
  },
  async 'swap two entries of a block'(attack) {
    const { victim, chance, keys } = attack;
    const { block, ids } = target(attack, 2);
    const first = chance.below(ids.length - 1);
    const second = chance.between(first + 1, ids.length - 1);
    const entries = Buffer.from(block.entries);
    block.entries.copy(entries, first * entryBytes, second * entryBytes, (second + 1) * entryBytes);
    block.entries.copy(entries, second * entryBytes, first * entryBytes, (first + 1) * entryBytes);
    const changed = await victim.splice(block, entries);
    if (chance.below(2) === 0) await victim.rehash(changed, keys.invented);
    return { sequence: block.sequence, ordinal: first, row: ids[second], why: 'changed' };
  },
  async 'swap two blocks'(attack) {
    const { victim, chance } = attack;
    const blocks = withRows(victim);
    const at = chance.below(blocks.length - 1);
    const [a, b] = [blocks[at]!, blocks[chance.between(at + 1, blocks.length - 1)]!];
    await victim.splice(a, b.entries);
    await victim.splice(b, a.entries);
    return { sequence: a.sequence, ordinal: 0, row: victim.ids(b)[0], why: 'changed' };
  },
  async 'cut whole blocks off the tail'(attack) {
    const { victim, chance } = attack;
    const gone = victim.blocks.slice(-chance.between(1, victim.blocks.length - 2));
    await cut(victim, gone);
    return { sequence: gone[0]!.sequence, row: gone[0]!.first ?? undefined, why: 'tail' };
  },
  async 'cut the tail in the middle of a block, consistently'(attack) {
    const { victim, chance, keys } = attack;
    const { block, ids } = target(attack, 2);
    const keep = chance.between(1, ids.length - 1);
    await cut(
      victim,
      victim.blocks.filter(({ sequence }) => sequence > block.sequence),
    );
    await victim.query(`delete from audit_event where id = any($1::uuid[])`, [ids.slice(keep)]);
    await victim.rehash(await victim.splice(block, block.entries.subarray(0, keep * entryBytes)), keys.invented);
    return { sequence: block.sequence, ordinal: keep, after: ids[keep - 1], why: 'other-head' };
  },
  async 'cut the rows of the tail only'(attack) {
    const { victim, chance } = attack;
    const all = victim.blocks.flatMap((block) =>
      victim.ids(block).map((id, ordinal) => ({ id, sequence: block.sequence, ordinal })),
    );
    const gone = all.slice(-chance.between(1, all.length - 1));
    await victim.query(`delete from audit_event where id = any($1::uuid[])`, [gone.map(({ id }) => id)]);
    const { id, ...at } = gone[0]!;
    return { ...at, row: id, why: 'deleted' };
  },
  async 'rewrite from a row on, consistently, without the key'(attack) {
    const { victim, keys } = attack;
    const { id, at, block, ordinal } = target(attack);
    await victim.query(`update audit_event set reason = 'rewritten' where id = $1`, [id]);
    const after = await victim.rehash(block, keys.invented, { tagsFrom: ordinal });
    if (attack.chance.below(2) === 0)
      victim.file = [...victim.file.filter(({ sequence }) => sequence < block.sequence), ...after];
    return { ...at, row: id, why: 'changed' };
  },
  async 'rewrite from a row on, consistently, with the stolen keys'(attack) {
    const { victim, keys } = attack;
    const { id, block, ordinal } = target(attack);
    await victim.query(`update audit_event set reason = 'rewritten' where id = $1`, [id]);
    const after = await victim.rehash(block, keys.stolen, { tagsFrom: ordinal });
    if (attack.chance.below(2) === 0)
      victim.file = [...victim.file.filter(({ sequence }) => sequence < block.sequence), ...after];
    return { sequence: block.sequence, row: block.first!, why: 'other-head' };
  },
  async 'roll the database back, and one of the two outside'(attack) {
    const { victim, chance } = attack;
    const gone = victim.blocks.slice(-chance.between(1, victim.blocks.length - 2));
    await cut(victim, gone);
    const which = chance.pick(['file', 'witness'] as const);
    victim[which] = victim[which].filter(({ sequence }) => sequence < gone[0]!.sequence);
    return {
      sequence: gone[0]!.sequence,
      row: gone[0]!.first ?? undefined,
      why: 'tail',
      by: which === 'file' ? 'witness' : 'file',
    };
  },
  async 'roll heads back outside'({ victim, chance }) {
    const which = chance.pick(['file', 'witness'] as const);
    const [gone] = victim[which].splice(chance.between(1, victim.blocks.length - 1));
    return { sequence: gone!.sequence, row: gone!.first ?? undefined, why: 'untold', by: which };
  },
  async 'change a head outside'({ victim, chance }) {
    const which = chance.pick(['file', 'witness'] as const);
    const at = chance.below(victim[which].length);
    const head = victim[which][at]!;
    victim[which][at] = {
      ...head,
      ...chance.pick([
        { hash: head.hash.replace(/./g, 'a') },
        { total: head.total + 1 },
        { at: '2016-11-23T00:00:00.000Z' },
      ]),
    };
    return { sequence: head.sequence, why: 'head', by: which };
  },
  async 'replace the newest block, not told outside yet'({ victim, keys }) {
    const newest = victim.blocks.at(-1)!;
    await victim.query(`delete from audit_event where id = any($1::uuid[])`, [victim.ids(newest)]);
    await victim.rehash(await victim.splice(newest, Buffer.alloc(0)), keys.invented);
    [victim.file, victim.witness] = [victim.file.slice(0, -1), victim.witness.slice(0, -1)];
    victim.readAt = Date.now();
    return { sequence: newest.sequence, why: 'signature' };
  },
  async 'drop a block and its rows'(attack) {
    const { block } = target(attack);
    await cut(attack.victim, [block]);
    return { sequence: block.sequence, row: block.sequence === attack.victim.blocks.length ? block.first! : undefined };
  },
  async 'change a column of a seal'(attack) {
    const { block } = target(attack);
    const edit = attack.chance.pick([
      `at = at - interval '1 second'`,
      `total = total + 1`,
      `faults = '[ ]'`,
      `hash = reverse(hash)`,
      `signature = reverse(signature)`,
      `rows = rows + 1`,
    ]);
    await attack.victim.query(`update audit_seal set ${edit} where sequence = $1`, [block.sequence]);
    return { sequence: block.sequence, row: block.first! };
  },
  async 'edit a row before it is sealed'({ victim, chance }) {
    const { rows } = await victim.query(`select id from audit_unsealed order by id`);
    const row = chance.pick(rows as { id: string }[]).id;
    await victim.query(`update audit_event set what = what || '!' where id = $1`, [row]);
    return { row, why: 'forged' };
  },
  async 'delete a row before it is sealed'({ victim, chance }) {
    const { rows } = await victim.query(`select id from audit_unsealed order by id`);
    const row = chance.pick(rows as { id: string }[]).id;
    await victim.query(`delete from audit_event where id = $1`, [row]);
    return { row, why: 'missing' };
  },
  async 'keep a row from being sealed'({ victim, chance }) {
    const { rows } = await victim.query(`select id from audit_unsealed order by id`);
    const row = chance.pick(rows as { id: string }[]).id;
    await victim.query(`delete from audit_unsealed where id = $1`, [row]);
    return { row, why: 'inserted' };
  },
};
