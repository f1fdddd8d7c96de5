import fc from 'fast-check';
import { ghostId, knownIds, type KnownIds } from '../api/known-ids';
import { pathOf, readApi, type Api, type Operation, type Schema } from '../api/operations';
import type { Attack, Attacking } from '../attack';
import { cleanAnswer } from '../check/clean-answer';
import { surplusNamed, type Planting } from '../check/surplus-named';
import type { Violation } from '../check/violation';
import { ask, bodyOf, codeOf, type Answer, type Asked } from '../door/ask';
import { json, type Asker } from '../door/asker';
import { documentedCodes } from '../door/documented-codes';
import { inTurns } from '../door/in-turns';

/** Columns and claims that no description names, beside what the schemas know. */
const inner: readonly string[] = [
  ...['org_path', 'orgPath', 'org_code', 'orgCode', 'teacher_id', 'tenant', 'scope', 'caller', 'personId', 'postId'],
  ...[
    'createdBy',
    'created_by',
    'createdAt',
    'updatedBy',
    'creator',
    'reviewer',
    'reviewedBy',
    'decidedBy',
    'contributors',
  ],
  ...['isAdmin', 'admin', 'permissions', 'permission', 'sub', 'exp', 'internal', 'releaseAt', 'deleted', 'isEffective'],
  ...['dataKey', 'blindIndex', 'idempotencyKey', 'ifMatch', 'address', 'traceparent', 'deadline', 'passwordHash'],
];

/** Tried one by one as well: who sets these decides whose it is, how far it is and who did it. */
const decisive = new Set([
  ...[
    'org_path',
    'orgPath',
    'organisation',
    'status',
    'state',
    'stage',
    'version',
    'etag',
    'id',
    'accountId',
    'personId',
  ],
  ...[
    'postId',
    'teacherId',
    'role',
    'tier',
    'createdBy',
    'creator',
    'reviewer',
    'contributors',
    'releaseAt',
    'effective',
  ],
  ...['isEffective', 'caller', 'effectiveVersion', 'personalCode', 'owner', 'makerId', 'filledBy', 'source'],
]);

function namesIn(api: Api): string[] {
  const names = new Set(inner);
  const walk = (schema: Schema) => {
    for (const [name, inside] of Object.entries(schema.properties ?? {})) {
      names.add(name);
      if (!inside.$ref) walk(inside);
    }
    if (schema.items && !schema.items.$ref) walk(schema.items);
  };
  Object.values(api.schemas).forEach(walk);
  return [...names].sort();
}

/** Every object in a value whose properties the schema lists, by its pointer. */
function objectsIn(
  api: Api,
  given: Schema,
  value: unknown,
  pointer = '',
): (Planting['place'] & { at: Planting['at'] })[] {
  const schema = api.resolved(given);
  if (Array.isArray(value))
    return value.flatMap((each, index) => objectsIn(api, schema.items ?? {}, each, `${pointer}/${index}`));
  if (typeof value !== 'object' || value === null || !schema.properties) return [];
  const at = value as Record<string, unknown>;
  const within = Object.entries(schema.properties).flatMap(([name, inside]) =>
    objectsIn(api, inside, at[name], `${pointer}/${name}`),
  );
  return [{ pointer, known: Object.keys(schema.properties), at }, ...within];
}

const writes = new Set(['POST', 'PUT', 'PATCH']);
const mostRounds = 8;

class Properties {
  readonly figures = { operations: 0, properties: 0, objects: 0, requests: 0, refused: 0, 'one by one': 0 };
  readonly violations: Violation[] = [];

  constructor(
    private readonly attacking: Attacking,
    private readonly api: Api,
    private readonly known: KnownIds,
    private readonly documented: ReadonlySet<string>,
    private readonly names: readonly string[],
  ) {
    this.figures.properties = names.length;
  }

  async one(operation: Operation): Promise<void> {
    this.figures.operations++;
    const asker = await this.whoMay(operation);
    if (!asker) {
      this.note(operation, 'nobody of the demo may do it', '');
      return;
    }
    if (!writes.has(operation.method)) return this.inQuery(operation, asker);
    const body = this.bodyOf(operation);
    for (const { pointer, known, at } of objectsIn(this.api, operation.body ?? { properties: {} }, body)) {
      this.figures.objects++;
      const surplus = this.names.filter((name) => !known.includes(name));
      await this.together(operation, asker, body, { place: { pointer, known }, at, surplus });
      for (const name of surplus.filter((each) => decisive.has(each)))
        await this.alone(operation, asker, body, { place: { pointer, known }, at, surplus: [name] });
    }
  }

  /** All at once; those that a first check already named are taken out until every one was named. */
  private async together(operation: Operation, asker: Asker, body: object, planting: Planting): Promise<void> {
    let left = planting.surplus;
    for (let round = 0; left.length > 0 && round < mostRounds; round++) {
      const answer = await this.sent(operation, asker, body, { ...planting, surplus: left });
      const unnamed = surplusNamed({ ...planting, surplus: left }, answer.status, bodyOf(answer));
      if (unnamed.length === left.length)
        return this.note(
          operation,
          `${planting.place.pointer}: ${answer.status} ${codeOf(answer)} names none of ${unnamed.length}: ${unnamed.slice(0, 8).join(', ')}`,
          answer.text,
        );
      this.figures.refused += left.length - unnamed.length;
      left = unnamed;
    }
  }

  private async alone(operation: Operation, asker: Asker, body: object, planting: Planting): Promise<void> {
    this.figures['one by one']++;
    const answer = await this.sent(operation, asker, body, planting);
    if (surplusNamed(planting, answer.status, bodyOf(answer)).length > 0)
      this.note(
        operation,
        `${planting.place.pointer}/${planting.surplus[0]}: ${answer.status} ${codeOf(answer)}`,
        answer.text,
      );
  }

  private async inQuery(operation: Operation, asker: Asker): Promise<void> {
    const known = operation.parameters.filter((each) => each.in === 'query').map(({ name }) => name);
    const surplus = this.names.filter((name) => !known.includes(name));
    const path = this.path(operation);
    for (let at = 0; at < surplus.length; at += 100) {
      const some = surplus.slice(at, at + 100);
      let left = some;
      for (let round = 0; left.length > 0 && round < mostRounds; round++) {
        const query = left.map((name) => `${name}=1`).join('&');
        const answer = await this.ask(operation, asker, {
          method: operation.method,
          path: `/api/v1${path}?${query}`,
          headers: { 'if-match': '"1"' },
        });
        const unnamed = surplusNamed(
          { place: { pointer: '', known }, at: {}, surplus: left },
          answer.status,
          bodyOf(answer),
        );
        if (unnamed.length === left.length) {
          this.note(
            operation,
            `?: ${answer.status} ${codeOf(answer)} names none of ${unnamed.slice(0, 8).join(', ')}`,
            answer.text,
          );
          break;
        }
        this.figures.refused += left.length - unnamed.length;
        left = unnamed;
      }
    }
  }

  private sent(operation: Operation, asker: Asker, body: object, { at, surplus }: Planting): Promise<Answer> {
    const before = { ...at };
    for (const name of surplus) at[name] = name === 'version' ? 99 : ghostId;
    const asked = json(operation.method, this.path(operation), body, { 'if-match': '"1"' });
    for (const name of surplus) delete at[name];
    Object.assign(at, before);
    return this.ask(operation, asker, asked);
  }

  private async ask({ name, isPublic }: Operation, asker: Asker, asked: Asked): Promise<Answer> {
    this.figures.requests++;
    const headers = { ...(isPublic ? {} : asker.who()), ...asked.headers };
    const answer = await ask(this.attacking.system.url, { ...asked, headers });
    this.violations.push(...cleanAnswer({ ...asked, says: name, isCertain: true }, answer, this.documented));
    return answer;
  }

  /** By the schema, with every optional part there, so that each object of it is. */
  private bodyOf({ body }: Operation): object {
    if (!body) return {};
    const [first, ...others] = fc.sample(this.api.value(body)(), {
      seed: Number(this.attacking.seed),
      numRuns: 30,
    }) as object[];
    const size = (value: object) => objectsIn(this.api, body, value).length;
    return others.reduce((best, each) => (size(each) > size(best) ? each : best), first!);
  }

  private path = (operation: Operation): string => pathOf(operation, (name) => this.known[name]?.[0] ?? ghostId);

  private async whoMay(operation: Operation): Promise<Asker | undefined> {
    const { askers } = this.attacking;
    if (operation.isPublic) return askers[0];
    for (const asker of askers) {
      const asked = json(
        operation.method,
        this.path(operation),
        writes.has(operation.method) ? { surplus: 1 } : undefined,
      );
      const { status } = await asker.ask(
        operation.method,
        `${asked.path.replace('/api/v1', '')}?surplus=1`,
        undefined,
        { 'if-match': '"1"' },
      );
      if (status !== 403 && status !== 401) return asker;
    }
    return undefined;
  }

  private note({ name }: Operation, says: string, asked: string): void {
    this.violations.push({ check: 'surplus-named', says: `${name} ${says}`, asked: asked.slice(0, 2_000) });
  }
}

export const properties: Attack = {
  name: 'properties',
  says: 'every property any schema knows sent to every write, in each of its objects: each is refused by name (A5)',
  async run(attacking) {
    const api = readApi();
    const known = await knownIds(attacking.askers);
    const round = new Properties(attacking, api, known, await documentedCodes(attacking.system.url), namesIn(api));
    const operations = api.operations.filter(({ isStream, isUpload }) => !isStream && !isUpload);
    await inTurns(
      operations.map((operation) => () => round.one(operation)),
      4,
    );
    return { figures: round.figures, violations: round.violations };
  },
};
