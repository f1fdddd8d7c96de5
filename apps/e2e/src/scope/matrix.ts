import { setTimeout as rest } from 'node:timers/promises';
import type { Answer } from '../door';
import { inScope, secretsFrom, verdictOn, type Planted, type Target, type Verdict } from './oracle';
import { ghostId, type Route } from './routes';
import { ghostSchool } from './tree';
import type { Somebody } from './world';

export interface Group {
  routes: readonly Route[];
  targets: readonly Target[];
}

export interface Told {
  cells: number;
  byVerdict: Record<Verdict, number>;
  failures: string[];
}

const atOnce = 8;
const mostTries = 5;
const uuids = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const moments = /\d{4}-\d{2}-\d{2}T[\d:.]+(Z|\+00:00)/g;

/** Runs the jobs, a few at once. */
export async function inTurns(jobs: readonly (() => Promise<void>)[]): Promise<void> {
  const waiting = [...jobs];
  const worker = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) await job();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** A file that is being made, or a busy moment: not the answer yet. Asked again when the refusal says to, as a client does. */
export async function asks(asker: Somebody, method: string, path: string, body?: object): Promise<Answer<unknown>> {
  for (let tries = 0; ; tries++) {
    const answer = await asksOnce(asker, method, path, body);
    const wait = answer.headers.get('retry-after');
    if (answer.status !== 503 || wait === null || tries === mostTries) return answer;
    await rest(Number(wait) * 1_000);
  }
}

async function asksOnce(asker: Somebody, method: string, path: string, body?: object): Promise<Answer<unknown>> {
  if (method === 'GET') return asker.door.get<unknown>(path);
  if (method === 'DELETE') return asker.door.delete<unknown>(path);
  if (method === 'PATCH') return asker.door.patch<unknown>(path, body ?? {});
  if (method === 'PUT') return asker.door.put<unknown>(path, body ?? {});
  return asker.door.post<unknown>(path, body ?? {});
}

/** The answer without what belongs to the one request: its trace, its path, the time. */
function wordsOf({ body }: Answer<unknown>): string {
  if (typeof body !== 'object' || body === null) return String(body);
  const { traceId: _, instance: __, ...words } = body as Record<string, unknown>;
  return JSON.stringify(words);
}

/** Two answers are the same when they differ in nothing but the ids that were asked about. */
export function sameness(answer: Answer<unknown>, target: Target): string {
  const asked = Object.values(target.ids);
  const words = asked.reduce((text, id) => text.replaceAll(id, '·'), wordsOf(answer));
  const version = answer.etag === '' ? '' : ' with a version';
  return `${answer.status}${version} ${words.replace(uuids, '·').replace(moments, '·')}`;
}

export function ghostOf({ ids, kind }: Target): Target {
  const known: Record<string, string> = {
    code: ghostSchool,
    name: '无此人',
    loginName: 'nobody',
    receipt: `331002-${ghostSchool}-20200101-0001`,
  };
  const ghosts = Object.fromEntries(Object.keys(ids).map((name) => [name, known[name] ?? ghostId]));
  return { label: 'nonexistent', kind, ids: ghosts, role: 'systemAdministrator' };
}

/** Words that must not be in this answer, and are. */
export function leaked(
  asker: Somebody,
  answer: Answer<unknown>,
  planted: readonly Planted[],
  asked: { ids: readonly string[]; unmasking?: string },
): string[] {
  const words = wordsOf(answer);
  return planted.flatMap((each) =>
    secretsFrom(asker, each, asked.unmasking === each.teacherId)
      .filter((secret) => words.includes(secret) && !asked.ids.includes(secret))
      .map((secret) => `${secret} of ${each.name}`),
  );
}

const codeOf = (answer: Answer<unknown>): string => String((answer.body as { code?: unknown } | null)?.code ?? '');

const finds = (answer: Answer<unknown>, { ids }: Target): boolean =>
  [ids['teacherId'], ids['name']].some((word) => word !== undefined && wordsOf(answer).includes(word));

function wrong(route: Route, verdict: Verdict, answer: Answer<unknown>, like: string, target: Target): string | false {
  const { status } = answer;
  if (verdict === 'served') {
    if (route.within?.includes(codeOf(answer))) return false;
    if (route.finds && status < 300 && !finds(answer, target)) return 'a list with him in it';
    const refused = [401, 403, 404, 429].includes(status) || status >= 500;
    const reads = route.route.startsWith('GET') && !route.list;
    return (reads ? status !== 200 : refused) && 'an answer';
  }
  if (verdict === 'forbidden' && status !== 403) return '403';
  if (verdict === 'hidden' && !route.list && status !== 404) return '404';
  if (verdict === 'hidden' && status >= 400 && status !== 404 && status !== 422) return 'nothing, or 404';
  return sameness(answer, target) !== like && `the same as for a nonexistent one: ${like.slice(0, 300)}`;
}

/** Every asker × route × target, each answer against the oracle and against the answer about a target that does not exist. */
export class Matrix {
  readonly told: Told = { cells: 0, byVerdict: { forbidden: 0, hidden: 0, served: 0 }, failures: [] };

  constructor(
    private readonly askers: readonly Somebody[],
    private readonly planted: readonly Planted[],
  ) {}

  jobs({ routes, targets }: Group): (() => Promise<void>)[] {
    return this.askers.flatMap((asker, row) =>
      routes.map((route, column) => () => this.row(asker, route, targets, row + column)),
    );
  }

  private async row(asker: Somebody, route: Route, targets: readonly Target[], turn: number): Promise<void> {
    const ghost = ghostOf(targets[0]!);
    const like = await this.cell(asker, route, ghost);
    for (const target of route.who(asker) ? inTurn(asker, targets, turn) : tempting(asker, targets))
      if (!harmful(asker, route, target)) await this.cell(asker, route, target, like);
  }

  private async cell(asker: Somebody, route: Route, target: Target, like?: string): Promise<string> {
    const [method = 'GET'] = route.route.split(' ');
    const { path, body } = route.ask(target, asker);
    const verdict = verdictOn(asker, target, route);
    const answer = await asks(asker, method, path, body);
    this.told.cells++;
    this.told.byVerdict[verdict]++;
    const expected = wrong(route, verdict, answer, like ?? sameness(answer, target), target);
    const got = `${answer.status} ${wordsOf(answer).slice(0, 300)}`;
    const where = `${asker.post} → ${route.route}${route.variant ? ` (${route.variant})` : ''} about ${target.label}`;
    if (expected) this.told.failures.push(`${where}: expected ${verdict}, ${expected}; got ${got}`);
    const unmasking = route.unmasks && verdict === 'served' ? target.teacherId : undefined;
    for (const secret of leaked(asker, answer, this.planted, { ids: Object.values(target.ids), unmasking }))
      this.told.failures.push(`${where}: LEAK of ${secret}; got ${got}`);
    return sameness(answer, target);
  }
}

const isWhole = process.env['MATRIX'] === 'whole';
/** Of those within reach, and of those without. */
const ofEachSide = 3;

/** Routes and askers name other targets in their turn, so that each is named by many; with `MATRIX=whole` each names all. */
function inTurn(asker: Somebody, targets: readonly Target[], turn: number): readonly Target[] {
  if (isWhole) return targets;
  const side = (isIn: boolean) => targets.filter((target) => inScope(asker, target) === isIn);
  return [side(true), side(false)].flatMap((all) =>
    all.length <= ofEachSide
      ? all
      : Array.from({ length: ofEachSide }, (_, n) => all[(turn * ofEachSide + n) % all.length]!),
  );
}

/**
 * Whose role may not ask at all is refused whatever he names: one within his reach stands for the others. With `MATRIX=whole`, and so
 * in `npm run attack`, one record or account of each place is named.
 */
function tempting(asker: Somebody, targets: readonly Target[]): Target[] {
  const placed = new Map(targets.map((target) => [target.teacherId ?? target.organisation, target]));
  const places = targets.some(({ kind }) => kind === 'teacher' || kind === 'account');
  if (places && isWhole) return [...placed.values()];
  const near = targets.find((target) => inScope(asker, target)) ?? targets[0];
  if (!isWhole) return near ? [near] : [];
  const far = targets.find((target) => target !== near && !inScope(asker, target)) ?? targets.at(-1);
  return [...new Set([near, far])].filter((target) => target !== undefined);
}

/** What would end the session of another asker, or carry out what others are still to be asked about. */
function harmful(asker: Somebody, route: Route, target: Target): boolean {
  if (!route.who(asker) || !inScope(asker, target)) return false;
  if (route.notBy?.(asker)) return true;
  return Boolean(route.endsSessions && target.live && target.ids['accountId'] !== asker.accountId);
}
