/** A row of `audit_event`, every column; `at` to the millisecond. */
export interface AuditRow {
  id: string;
  at: Date;
  account_id: string | null;
  person_id: string | null;
  role: string | null;
  org_path: string;
  what: string;
  object: string | null;
  result: string;
  reason: string | null;
  before_hash: string | null;
  after_hash: string | null;
  address: string | null;
  trace_id: string | null;
  concerns: string | null;
  fields: readonly string[] | null;
}

type Kind = 'uuid' | 'time' | 'text' | 'texts';

/** Form 1: these columns in this order. A new column is a new form; blocks name the one they were sealed in. */
export const rowForm = 1;

const kinds: Readonly<Record<keyof AuditRow, Kind>> = {
  id: 'uuid',
  at: 'time',
  account_id: 'uuid',
  person_id: 'uuid',
  role: 'text',
  org_path: 'text',
  what: 'text',
  object: 'text',
  result: 'text',
  reason: 'text',
  before_hash: 'text',
  after_hash: 'text',
  address: 'text',
  trace_id: 'text',
  concerns: 'text',
  fields: 'texts',
};

export const auditColumns = Object.keys(kinds) as readonly (keyof AuditRow)[];

const absent = Buffer.from([255, 255, 255, 255]);
const textOid = 25;
const microsecondsTo2000 = 946_684_800_000_000n;

function sized(bytes: Buffer): Buffer {
  const field = Buffer.allocUnsafe(4 + bytes.length);
  field.writeInt32BE(bytes.length);
  bytes.copy(field, 4);
  return field;
}

function timeBytes(at: Date): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64BE(BigInt(at.getTime()) * 1_000n - microsecondsTo2000);
  return bytes;
}

function int32s(...values: number[]): Buffer {
  const bytes = Buffer.allocUnsafe(4 * values.length);
  values.forEach((value, at) => bytes.writeInt32BE(value, 4 * at));
  return bytes;
}

const textsBytes = (texts: readonly string[]): Buffer =>
  texts.length === 0
    ? int32s(0, 0, textOid)
    : Buffer.concat([int32s(1, 0, textOid, texts.length, 1), ...texts.map((text) => sized(Buffer.from(text)))]);

const bytesOf: Readonly<Record<Kind, (value: never) => Buffer>> = {
  uuid: (id: string) => idBytes(id),
  time: timeBytes,
  text: (text: string) => Buffer.from(text),
  texts: textsBytes,
};

export const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

/** From the 16 bytes at `start`. */
export function idAt(bytes: Buffer, start = 0): string {
  const hex = bytes.toString('hex', start, start + 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * The canonical form of a row: what PostgreSQL's binary COPY sends for it after the count of fields. Each column is its
 * length (int32, −1 for null) and its bytes: uuid 16, timestamptz µs since 2000 (int64), text UTF-8, text[] as array_send
 * writes it. It depends on no setting, and reading a million rows needs no conversion.
 */
export function encodeRow(row: AuditRow): Buffer {
  return Buffer.concat(
    auditColumns.map((column) => {
      const value = row[column];
      return value === null ? absent : sized(bytesOf[kinds[column]](value as never));
    }),
  );
}
