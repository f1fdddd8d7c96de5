import { during, follow, type Traced } from '@shidang/tracing';
import type { PoolClient } from 'pg';
import type { Heard, Statement } from './pipeline';
import { traceparentNow } from './request-context';

const system = { 'db.system.name': 'postgresql' } as const;

/** Our statements are constants; should one ever be put together with a value, that does not leave with it (D3). */
const withoutLiterals = (text: string): string => text.replace(/'(?:[^']|'')*'/g, '?').replace(/\b\d{6,}\b/g, '?');

function asked(step: Traced, { text, name }: Pick<Statement, 'text' | 'name'>): Traced {
  const query = withoutLiterals(text).replace(/\s+/g, ' ').trim();
  return step.child({
    name: `sql ${name ?? query.split(' ', 1)[0]!.toLowerCase()}`,
    kind: 'client',
    attributes: { ...system, 'db.query.text': query },
  });
}

/** One transaction, of which a request or a fact is the reason; what runs by itself is not traced. */
export const transactionFor = (purpose: string): Traced | undefined =>
  follow(traceparentNow(), {
    name: 'transaction',
    kind: 'inner',
    attributes: { ...system, 'shidang.purpose': purpose || 'scope' },
  });

/** One statement of ours. */
export const tracedStatement = <T>(step: Traced, statement: Statement, run: () => Promise<T>): Promise<T> =>
  during(asked(step, statement), run);

/** Statements that travel together begin together, and each ends with its own answer. */
export async function tracedTogether<T>(
  step: Traced,
  statements: readonly Statement[],
  run: (heard: Heard) => Promise<T>,
): Promise<T> {
  const open = new Map(statements.map((statement, at) => [at, asked(step, statement)]));
  const heard: Heard = (at, error) => {
    open.get(at)?.end(error);
    open.delete(at);
  };
  try {
    return await run(heard);
  } finally {
    for (const rest of open.values()) rest.end({ code: 'not_run' });
  }
}

/** The verb and the first table. The text itself stays here: MikroORM writes the values into some of its statements. */
export function summaryOf(text: string): string {
  const plain = withoutLiterals(text);
  const [, verb = 'statement'] = /^\s*([a-z]+)/i.exec(plain) ?? [];
  const [, table] = /\b(?:from|into|update)\s+(?:"\w+"\.)?"?(\w+)/i.exec(plain) ?? [];
  return [verb.toLowerCase(), table].filter(Boolean).join(' ');
}

type Query = (connection: PoolClient, statement: { sql: string }) => Promise<unknown>;

/** Statements of the entity manager, by what they do to which table. */
export const askedByOrm =
  (step: Traced, query: Query): Query =>
  (connection, statement) => {
    const summary = summaryOf(statement.sql);
    const attributes = { ...system, 'db.query.summary': summary };
    return during(step.child({ name: `sql ${summary}`, kind: 'client', attributes }), () =>
      query(connection, statement),
    );
  };
