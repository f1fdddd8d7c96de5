import { asAdmin, type RunningSystem } from '@shidang/dev';
import { demoPassword, demoSchools } from '@shidang/seed';
import { setTimeout as rest } from 'node:timers/promises';
import { lossesIn, type Loss, type Written } from './journal';

/** An entry that may be written, by somebody who may write it. */
export interface Target {
  readonly loginName: string;
  readonly token: string;
  readonly teacherId: string;
  readonly entryId: string;
  readonly etag: string;
  readonly mark: string;
}

interface Section {
  readonly fillable: boolean;
  readonly entries: readonly { id: string; etag: string; values: { staffNo?: string }; fillableKeys?: string[] }[];
}

const mostSchools = 40;
const mostTargets = 400;
const mostTries = 30;

/** A system that was just asked too much may say no for a while: asked again when it says to. */
async function answer<T>(system: RunningSystem, path: string, token: string | undefined, body?: object): Promise<T> {
  for (let tries = 0; ; tries++) {
    const response = await ask(system, path, token, body);
    if (response.ok) return (await response.json()) as T;
    const wait = response.headers.get('retry-after');
    const words = `${path} → ${response.status} ${await response.text()}`;
    if (wait === null || tries === mostTries) throw new Error(words);
    await rest(Number(wait) * 1_000);
  }
}

const ask = (system: RunningSystem, path: string, token?: string, body?: object): Promise<Response> =>
  fetch(`${system.url}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    body: body && JSON.stringify(body),
  });

const tokenOf = async (system: RunningSystem, loginName: string): Promise<string> =>
  (await answer<{ token: string }>(system, '/sessions', undefined, { loginName, password: demoPassword })).token;

const basicOf = (system: RunningSystem, token: string, teacherId: string): Promise<Section> =>
  answer<Section>(system, `/teachers/${teacherId}/sections/basic`, token);

/** Drafts of many schools, each with the information administrator who fills them. */
export async function targetsIn(system: RunningSystem): Promise<Target[]> {
  const url = system.adminUrl.replace(/\/[^/]*$/, '/shidang_identity');
  const names = await asAdmin(url, async (client) => {
    // the demo hands out a few passwords only; this system is the load's own, so every filler gets the one that is known
    const { rows } = await client.query<{ login_name: string }>(
      `update account set password_hash = known.password_hash from account known
       where known.login_name = $1 and account.login_name ~ '^info@[0-9]{10}$' and account.status = 'active' and account.password_hash is not null
       returning account.login_name`,
      [`info@${demoSchools.primary}`],
    );
    return rows
      .map((row) => row.login_name)
      .sort()
      .slice(0, mostSchools);
  });
  const targets: Target[] = [];
  for (const loginName of names) {
    const token = await tokenOf(system, loginName);
    const { items } = await answer<{ items: { id: string }[] }>(system, '/teachers?limit=50', token);
    for (const { id: teacherId } of items) {
      const { entries } = await basicOf(system, token, teacherId);
      const [entry] = entries;
      if (!entry?.fillableKeys?.includes('staffNo')) continue;
      const mark = entry.values.staffNo ?? '';
      targets.push({ loginName, token, teacherId, entryId: entry.id, etag: entry.etag, mark });
      if (targets.length === mostTargets) return targets;
    }
  }
  return targets;
}

/** How it stands now: versions for the next stretch, marks for the checker. */
export async function readAgain(system: RunningSystem, targets: readonly Target[]): Promise<Target[]> {
  const tokens = new Map<string, string>();
  const again: Target[] = [];
  for (const target of targets) {
    let token = tokens.get(target.loginName);
    if (!token) tokens.set(target.loginName, (token = await tokenOf(system, target.loginName)));
    const { entries } = await basicOf(system, token, target.teacherId);
    const entry = entries.find(({ id }) => id === target.entryId);
    again.push({ ...target, token, etag: entry?.etag ?? '', mark: entry?.values.staffNo ?? '' });
  }
  return again;
}

const marksOf = (targets: readonly Target[]) => new Map(targets.map(({ entryId, mark }) => [entryId, mark]));

export const lossesBetween = (
  before: readonly Target[],
  after: readonly Target[],
  journal: readonly Written[],
): Loss[] => lossesIn(journal, marksOf(before), marksOf(after));
