/** One value of a row. Objects are json; lists are PostgreSQL arrays when wrapped by `array`, json otherwise. */
export type Cell = string | number | boolean | Date | null | undefined | object;

const escaped: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const escape = (text: string): string =>
  /[\\\n\r\t]/.test(text) ? text.replace(/[\\\n\r\t]/g, (sign) => escaped[sign]!) : text;

class PostgresArray {
  constructor(readonly items: readonly string[]) {}

  toString(): string {
    return `{${this.items.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
  }
}

/** A column of type uuid[] or text[]. */
export const array = (items: readonly string[]): object => new PostgresArray(items);

class JsonText {
  constructor(readonly text: string) {}
}

/** Json that is text already. */
export const jsonText = (text: string): object => new JsonText(text);

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '\\N';
  if (typeof cell === 'string') return escape(cell);
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  if (cell instanceof Date) return cell.toISOString();
  if (cell instanceof JsonText) return escape(cell.text);
  return escape(cell instanceof PostgresArray ? cell.toString() : JSON.stringify(cell));
}

/** A row in the text format of COPY, without the line's end. */
export const copyLine = (cells: readonly Cell[]): string => cells.map(cellText).join('\t');
