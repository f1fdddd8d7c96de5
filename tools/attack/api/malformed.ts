import fc from 'fast-check';
import type { Asked } from '../door/ask';
import { brokenBodies, brokenBytes, hostileHeaders, hostileSegments, hostileTexts, hostileValues } from './hostile';
import { ghostId, type KnownIds } from './known-ids';
import { pathOf, type Api, type Operation } from './operations';

/** A request with what is wrong with it. `isCertain`: nobody may take it. */
export interface Malformed extends Asked {
  readonly says: string;
  readonly isCertain: boolean;
  readonly operation: string;
}

type Gen = fc.GeneratorValue;

interface Draft {
  readonly operation: Operation;
  segments: Record<string, string>;
  query: [string, string][];
  headers: Record<string, string>;
  body: unknown;
  bytes?: Buffer;
  method: string;
  isCertain: boolean;
  readonly says: string[];
}

// a generated index, not a generated value: fast-check compares whatever it is given by every depth
const pick = <T>(g: Gen, list: readonly T[]): T => list[g(fc.nat, list.length - 1)]!;
const chance = (g: Gen, share: number): boolean => g(fc.nat, 999) < share * 1_000;

/** As the description asks for it, with ids that exist more often than not. */
function wellFormed(g: Gen, api: Api, known: KnownIds, operation: Operation): Draft {
  const inPath = operation.parameters.filter((each) => each.in === 'path');
  const segments = inPath.map(({ name, schema }) => {
    const ids = known[name] ?? [];
    const value = ids.length > 0 && chance(g, 0.8) ? pick(g, ids) : String(g(api.value(schema)));
    return [name, encodeURIComponent(/[\ud800-\udfff]/.test(value) ? ghostId : value)] as const;
  });
  const query = operation.parameters
    .filter((each) => each.in === 'query' && each.name !== 'cursor' && chance(g, 0.3))
    .map(({ name, schema }): [string, string] => [name, String(known[name]?.[0] ?? g(api.value(schema)))]);
  return {
    operation,
    segments: Object.fromEntries(segments),
    query,
    headers: operation.method === 'GET' || chance(g, 0.2) ? {} : { 'if-match': '"1"' },
    body: operation.body ? g(api.value(operation.body)) : undefined,
    method: operation.method,
    isCertain: false,
    says: [],
  };
}

/** Every place in a value: the object it stands in and its key. */
function placesIn(value: unknown): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]): [Record<string, unknown>, string][] => [
    [value as Record<string, unknown>, key],
    ...placesIn(inner),
  ]);
}

function spoilValue(g: Gen, draft: Draft): void {
  const places = placesIn(draft.body);
  if (places.length === 0) return spoilBytes(g, draft);
  const [holder, key] = pick(g, places);
  if (chance(g, 0.5)) holder[key] = pick(g, hostileTexts);
  else holder[key] = structuredClone(pick(g, hostileValues));
  draft.says.push(`hostile ${key}`);
}

function leaveOut(g: Gen, draft: Draft, api: Api): void {
  const required = draft.operation.body ? (api.resolved(draft.operation.body).required ?? []) : [];
  const body = draft.body as Record<string, unknown> | undefined;
  if (!body || required.length === 0) return spoilQuery(g, draft);
  const name = pick(g, required);
  delete body[name];
  draft.isCertain = true;
  draft.says.push(`without ${name}`);
}

function addUnknown(g: Gen, draft: Draft): void {
  const name = `un${g(fc.nat, 1_000_000).toString(36)}`;
  const isRead = !['POST', 'PUT', 'PATCH'].includes(draft.method);
  // what is written without a body takes no notice of one on DELETE
  if (isRead) draft.query.push([name, '1']);
  else draft.body = { ...(draft.body as object | undefined), [name]: structuredClone(pick(g, hostileValues)) };
  draft.isCertain = true;
  draft.says.push('an unknown property');
}

function spoilBytes(g: Gen, draft: Draft): void {
  const [says, bytes] = pick(g, [...brokenBodies, ...brokenBytes]);
  draft.bytes = bytes;
  draft.isCertain = ['POST', 'PUT', 'PATCH'].includes(draft.method);
  draft.says.push(`body: ${says}`);
}

function spoilQuery(g: Gen, draft: Draft): void {
  const names = draft.operation.parameters.filter((each) => each.in === 'query').map(({ name }) => name);
  if (names.length === 0) return addUnknown(g, draft);
  const name = pick(g, names);
  const value = name === 'cursor' ? pick(g, ['x', 'e30', 'eyJhIjoxfQ.x', ...hostileTexts]) : pick(g, hostileTexts);
  draft.query = draft.query.filter(([each]) => each !== name);
  const times = pick(g, [1, 1, 1, 2, 50]);
  for (let n = 0; n < times; n++) draft.query.push([pick(g, [name, name, `${name}[]`, `${name}[a]`]), value]);
  draft.isCertain = name === 'cursor' && value !== '' && draft.query.some(([each]) => each === name);
  draft.says.push(`hostile ?${name}`);
}

function spoilLimit(g: Gen, draft: Draft): void {
  const limit = draft.operation.parameters.find(({ name }) => name === 'limit');
  if (!limit) return spoilQuery(g, draft);
  const { minimum, maximum } = limit.schema;
  const value = pick(g, [
    '0',
    '-1',
    String((maximum ?? 1e9) + 1),
    '1e9',
    'x',
    '1.5',
    '99999999999999999999',
    '1 or 1=1',
  ]);
  draft.query = draft.query.filter(([name]) => name !== 'limit');
  draft.query.push(['limit', value]);
  // a file is made whole, whatever size of piece is asked for: such a limit is described without ends
  draft.isCertain = !Number.isInteger(Number(value)) || (minimum !== undefined && maximum !== undefined);
  draft.says.push('a page of impossible size');
}

function spoilPath(g: Gen, draft: Draft): void {
  const names = Object.keys(draft.segments);
  if (names.length === 0) return spoilQuery(g, draft);
  const name = pick(g, names);
  draft.segments[name] = chance(g, 0.5) ? pick(g, hostileSegments) : encoded(pick(g, hostileTexts));
  draft.says.push(`hostile {${name}}`);
}

function spoilHeader(g: Gen, draft: Draft): void {
  const name = pick(g, Object.keys(hostileHeaders));
  draft.headers[name] = pick(g, hostileHeaders[name]!);
  draft.says.push(`hostile ${name}`);
}

function otherVerb(g: Gen, draft: Draft): void {
  draft.method = pick(g, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND', 'TRACE']);
  draft.says.push(`asked by ${draft.method}`);
}

const faults = [
  [spoilValue, 30],
  [addUnknown, 10],
  [leaveOut, 10],
  [spoilBytes, 12],
  [spoilQuery, 15],
  [spoilLimit, 4],
  [spoilPath, 10],
  [spoilHeader, 12],
  [otherVerb, 3],
] as const;
const weighted = faults.flatMap(([fault, weight]) => Array.from({ length: weight }, () => fault));

/** Percent-encoded; half a character as the bytes it would have. */
const encoded = (text: string): string =>
  text.replace(/[\ud800-\udbff][\udc00-\udfff]|[^]/g, (unit) =>
    /^[\ud800-\udfff]$/.test(unit) ? '%ed%a0%80' : encodeURIComponent(unit),
  );

function asked(draft: Draft): Malformed {
  const { operation, method, headers, says, isCertain } = draft;
  const query = draft.query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&');
  const path = pathOf(operation, (name) => draft.segments[name] ?? ghostId);
  const bytes = draft.bytes ?? (draft.body === undefined ? undefined : Buffer.from(JSON.stringify(draft.body)));
  // a method without a body on which bytes are laid all the same is a broken line for HTTP, not for us
  const body = ['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method) ? undefined : bytes;
  return {
    method,
    path: `/api/v1${path}${query ? `?${query}` : ''}`,
    headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    body,
    operation: operation.name,
    says: `${operation.name}, ${says.join(', ') || 'as described'}`,
    isCertain: isCertain && method === operation.method,
  };
}

/** One request to one of the routes with one to three faults; now and then none. */
function malformed(g: Gen, api: Api, known: KnownIds, operations: readonly Operation[]): Malformed {
  const draft = wellFormed(g, api, known, pick(g, operations));
  const times = pick(g, [0, 1, 1, 1, 1, 1, 1, 2, 3]);
  let isCertain = false;
  for (let n = 0; n < times; n++) {
    pick(g, weighted)(g, draft, api);
    isCertain ||= draft.isCertain;
  }
  // a second fault may take the place of the first
  draft.isCertain = isCertain && times === 1;
  return asked(draft);
}

const chunk = 500;

/** The same seed, the same requests. */
export function* malformedRequests(
  api: Api,
  known: KnownIds,
  { seed, requests, isLeftOut }: { seed: number; requests: number; isLeftOut?: (operation: Operation) => boolean },
): Generator<Malformed> {
  const operations = api.operations.filter((each) => !each.isStream && !isLeftOut?.(each));
  for (let done = 0; done < requests; done += chunk) {
    const numRuns = Math.min(chunk, requests - done);
    for (const g of fc.sample(fc.gen(), { seed: seed + done, numRuns })) yield malformed(g, api, known, operations);
  }
}
