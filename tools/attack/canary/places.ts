import { createReadStream, readdirSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asAdmin, inDatabase } from '@shidang/dev';
import { serviceNames } from '@shidang/contracts';
import type { Attacked } from '../attack';

/** Where bytes lie when nobody asks for them. */
export type Rest = 'tables' | 'data files' | 'WAL' | 'streams' | 'logs' | 'temporary files';

export interface Piece {
  readonly rest: Rest;
  readonly name: string;
  readonly bytes: Buffer;
}

/** Longer than any canary in any spelling: pieces overlap by it. */
const overlap = 512;

async function* fileIn(rest: Rest, path: string): AsyncGenerator<Piece> {
  let before = Buffer.alloc(0);
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 4 * 1024 * 1024 })) {
      const bytes = Buffer.concat([before, piece as Buffer]);
      yield { rest, name: path, bytes };
      before = bytes.subarray(-overlap);
    }
  } catch {
    // gone meanwhile: what is deleted is not there
  }
}

const entriesOf = (dir: string): Dirent[] => {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch {
    return [];
  }
};

function* filesUnder(dir: string): Generator<string> {
  for (const entry of entriesOf(dir)) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (entry.isFile()) yield path;
  }
}

/** Every row of every table as text: what a dump would hold, also what is compressed on disk. */
async function* tablesOf(adminUrl: string): AsyncGenerator<Piece> {
  for (const service of serviceNames)
    yield* await asAdmin(inDatabase(adminUrl, `shidang_${service}`), async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
      );
      const pieces: Piece[] = [];
      for (const { name } of rows) {
        const found = await client.query<{ text: string }>(`select t::text as text from ${name} t`);
        pieces.push({
          rest: 'tables',
          name: `${service} ${name}`,
          bytes: Buffer.from(found.rows.map(({ text }) => text).join('\n')),
        });
      }
      return pieces;
    });
}

/** Where the server keeps its files, by its own word; rows in memory are written first. */
const dataDirectory = (adminUrl: string): Promise<string> =>
  asAdmin(adminUrl, async (client) => {
    await client.query('checkpoint');
    return (await client.query<{ dir: string }>(`select current_setting('data_directory') as dir`)).rows[0]!.dir;
  });

/** What came into the temporary directory since: of this run or of anybody beside it, but nobody else has these words. */
function* temporary(since: number, leftOut: readonly string[]): Generator<string> {
  for (const path of filesUnder(realpathSync(tmpdir()))) {
    if (leftOut.some((dir) => path.startsWith(dir))) continue;
    const { mtimeMs, size } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: 0 };
    if (mtimeMs >= since && size > 0 && size < 64 * 1024 * 1024) yield path;
  }
}

/** Everything that rests, piece by piece. `leftOut`: where the attack itself keeps what it planted. */
export async function* everythingAtRest(
  { adminUrl, dir }: Attacked,
  since: number,
  leftOut: readonly string[],
): AsyncGenerator<Piece> {
  yield* tablesOf(adminUrl);
  const data = await dataDirectory(adminUrl);
  for (const path of filesUnder(data)) yield* fileIn(path.includes('pg_wal') ? 'WAL' : 'data files', path);
  for (const path of filesUnder(join(dir, 'nats'))) yield* fileIn('streams', path);
  for (const path of filesUnder(join(dir, 'logs'))) yield* fileIn('logs', path);
  for (const path of temporary(since, [data, dir, ...leftOut])) yield* fileIn('temporary files', path);
}
