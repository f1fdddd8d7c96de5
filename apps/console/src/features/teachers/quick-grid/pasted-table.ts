import { columns, type ColumnKey } from './columns';

/** Cells as a spreadsheet puts them on the clipboard: tabs and line breaks, quotes around cells that contain either. */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const source = text.replace(/\r\n?/g, '\n');
  for (let at = 0; at < source.length; at++) {
    const character = source.charAt(at);
    if (quoted && character === '"' && source.charAt(at + 1) === '"') {
      cell += '"';
      at++;
    } else if (character === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (!quoted && (character === '\t' || character === '\n')) {
      rows.at(-1)!.push(cell);
      cell = '';
      if (character === '\n') rows.push([]);
    } else cell += character;
  }
  rows.at(-1)!.push(cell);
  return rows.map((row) => row.map((each) => each.trim())).filter((row) => row.some((each) => each !== ''));
}

const plain = (text: string) => text.replace(/[\s*＊:：()（）]/g, '').toLowerCase();

const byHeading = new Map(columns.flatMap(({ key, headings }) => headings.map((each) => [plain(each), key])));

/** Which column of the paste holds what; undefined = nothing we ask for. */
export type Layout = readonly (ColumnKey | undefined)[];

/** A first row of headings names the columns. */
function headingsIn(row: readonly string[]): Layout | undefined {
  const layout = row.map((cell) => byHeading.get(plain(cell)));
  return layout.filter(Boolean).length >= Math.min(2, row.length) ? layout : undefined;
}

const mostLike = (cells: readonly string[], looks: (cell: string) => boolean) => {
  const filled = cells.filter((cell) => cell !== '');
  return filled.length > 0 && filled.filter(looks).length * 2 > filled.length;
};

/** Without headings the columns are known by what stands in them; each is taken once. */
function guessed(rows: readonly (readonly string[])[]): Layout {
  const width = Math.max(...rows.map((row) => row.length));
  const taken = new Set<ColumnKey>();
  return Array.from({ length: width }, (_, at) => {
    const cells = rows.map((row) => row[at] ?? '');
    const found = columns.find(({ key, looks }) => !taken.has(key) && mostLike(cells, looks));
    if (found) taken.add(found.key);
    return found?.key;
  });
}

export interface PastedTable {
  readonly layout: Layout;
  readonly rows: readonly Readonly<Partial<Record<ColumnKey, string>>>[];
}

/** A list of people out of a sheet: columns by their headings, else by their content. */
export function readTable(text: string): PastedTable {
  const all = cellsOf(text);
  const headings = all[0] && headingsIn(all[0]);
  const body = headings ? all.slice(1) : all;
  const layout = headings ?? (body.length > 0 ? guessed(body) : []);
  const rows = body.map((row) =>
    Object.fromEntries(row.flatMap((cell, at) => (layout[at] ? [[layout[at], cell] as const] : []))),
  );
  return { layout, rows };
}

/** Cells pasted into the grid at one place fill to the right and down from there. */
export function cellsFrom(text: string, at: ColumnKey): Readonly<Partial<Record<ColumnKey, string>>>[] {
  const start = columns.findIndex(({ key }) => key === at);
  return cellsOf(text).map((row) =>
    Object.fromEntries(
      row.flatMap((cell, offset) => {
        const column = columns[start + offset];
        return column ? [[column.key, cell] as const] : [];
      }),
    ),
  );
}
