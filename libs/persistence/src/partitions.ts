import { lock } from './policies';
import { lowestIdAt } from './new-id';

/**
 * Monthly partitions over a UUIDv7 key, from the month of `from` for `months`, and a default one so that a clock that
 * is wrong cannot stop writes. Partitions are locked without a policy: only the parent table answers.
 */
export function monthlyPartitions(table: string, from: Date, months: number): string[] {
  const statements = [
    `create table if not exists ${table}_default partition of ${table} default`,
    ...lock(`${table}_default`),
  ];
  for (let i = 0; i < months; i++) {
    const start = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + i, 1);
    const end = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + i + 1, 1);
    const name = `${table}_${new Date(start).toISOString().slice(0, 7).replace('-', '_')}`;
    statements.push(
      `create table if not exists ${name} partition of ${table} for values from ('${lowestIdAt(start)}') to ('${lowestIdAt(end)}')`,
      ...lock(name),
    );
  }
  return statements;
}
