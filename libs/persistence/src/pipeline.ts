import * as pg from 'pg';
import type { CustomTypesConfig, PoolClient, Query, QueryResult } from 'pg';

/** A statement with its `$1` parameters; prepared under the name when one is given. */
export interface Statement {
  readonly text: string;
  readonly params?: readonly unknown[];
  readonly name?: string;
}

/** What pg's own classes do and its types leave out. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  /** Prepared statements of this connection: name → text. */
  readonly parsedStatements: Record<string, string>;
  parse(statement: { text: string; name?: string }): void;
  bind(portal: { statement?: string; values?: unknown[]; valueMapper: (value: unknown) => unknown }): void;
  describe(what: { type: 'P'; name: string }): void;
  execute(portal: { portal: string }): void;
  close(what: { type: 'S'; name: string }): void;
  sync(): void;
}

interface Part extends Query {
  readonly text: string;
  readonly name?: string;
  readonly values?: unknown[];
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Wire): void;
  handleEmptyQuery(connection: Wire): void;
  handleReadyForQuery(connection: Wire): void;
}

/** Exported by pg, untyped. */
const { prepareValue } = (pg as unknown as { utils: { prepareValue: (value: unknown) => unknown } }).utils;
type Answered = (error: Error | null, result: QueryResult) => void;
const AnsweringQuery = pg.Query as unknown as new (config: object, answered: Answered) => Part;

/**
 * Several statements in one message: one round trip. Outside a transaction they are one by themselves (PostgreSQL ends an
 * implicit one at the Sync), so a setting made by the first for the transaction holds for the others and for nobody
 * after them. At the first error the rest is not run. A drop-in for pg's own query object.
 */
class Pipeline {
  /** pg notes what it has parsed by this name; a pipeline has several and notes them itself. */
  readonly name = undefined;
  private at = 0;
  private failure: Error | undefined;

  constructor(
    private readonly parts: readonly Part[],
    private readonly done: (failure: Error | undefined) => void,
  ) {}

  submit(connection: Wire): Error | null {
    const clash = this.parts.find(({ name, text }) => name && (connection.parsedStatements[name] ?? text) !== text);
    if (clash) return new Error(`the prepared statement ${clash.name} stands for another text`);
    connection.stream.cork();
    try {
      for (const part of this.parts) this.send(connection, part);
    } finally {
      connection.sync();
      connection.stream.uncork();
    }
    return null;
  }

  private send(connection: Wire, { text, name, values }: Part): void {
    if (!name || connection.parsedStatements[name] === undefined) {
      // one that failed in between may have been parsed all the same; closing what is not there is no error
      if (name) connection.close({ type: 'S', name });
      connection.parse({ text, name });
    }
    connection.bind({ statement: name, values, valueMapper: prepareValue });
    connection.describe({ type: 'P', name: '' });
    connection.execute({ portal: '' });
  }

  private get part(): Part {
    return this.parts[this.at]!;
  }

  handleRowDescription(message: unknown): void {
    this.part.handleRowDescription(message);
  }

  handleDataRow(message: unknown): void {
    this.part.handleDataRow(message);
  }

  handleCommandComplete(message: unknown, connection: Wire): void {
    this.part.handleCommandComplete(message, connection);
    this.ended(connection);
  }

  handleEmptyQuery(connection: Wire): void {
    this.ended(connection);
  }

  private ended(connection: Wire): void {
    const { name, text } = this.part;
    if (name) connection.parsedStatements[name] = text;
    this.part.handleReadyForQuery(connection);
    this.at += 1;
  }

  /** pg lets go of a query that failed; what follows until the Sync is of no interest. */
  handleError(error: Error): void {
    this.failure = error;
    this.done(error);
  }

  handleReadyForQuery(): void {
    if (!this.failure) this.done(undefined);
  }

  handlePortalSuspended(): void {
    // no part asks for some of its rows only
  }

  handleCopyInResponse(connection: { sendCopyFail(words: string): void }): void {
    connection.sendCopyFail('COPY has a stream of its own');
  }

  handleCopyData(): void {
    // COPY TO has a stream of its own
  }
}

/** Told when a statement has its answer, or that none came. */
export type Heard = (at: number, error?: Error) => void;

/** Runs the statements in order in one round trip; the results in the same order. Throws what the first failing one throws. */
export function pipelined(
  client: PoolClient,
  statements: readonly Statement[],
  types: CustomTypesConfig,
  heard?: Heard,
): Promise<QueryResult[]> {
  return new Promise((settle, fail) => {
    const results: QueryResult[] = [];
    let broken: Error | undefined;
    const parts = statements.map(({ text, params, name }, at) => {
      const config = { text, name, values: params && [...params], types };
      return new AnsweringQuery(config, (error, result) => {
        if (error) broken ??= error;
        else results[at] = result;
        heard?.(at, error ?? undefined);
      });
    });
    const done = (failure: Error | undefined) => {
      const error = failure ?? broken;
      if (error) fail(error);
      else settle(results);
    };
    client.query(new Pipeline(parts, done) as never);
  });
}
