import type { Profiler } from 'node:inspector';

export interface Frame {
  readonly name: string;
  /** Share of the busy time in the frame itself, and with what it called. */
  readonly self: number;
  readonly total: number;
}

/** `dispatch` is the profiler being told to begin and end. */
const idle = new Set(['(idle)', '(root)', 'dispatch']);

function nameOf({ functionName, url, lineNumber }: Profiler.ProfileNode['callFrame']): string {
  const place = url.replace(/^.*\/(dist|node_modules)\//, '').replace(/^node:/, 'node:');
  return `${functionName || '(anonymous)'} ${place}${url ? `:${lineNumber + 1}` : ''}`.trim();
}

/** A flame graph in figures: time of each function, by itself and with its callees, of the time that was not idle. */
export function framesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Frame[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const above = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)));
  const [self, total] = [new Map<string, number>(), new Map<string, number>()];
  const add = (to: Map<string, number>, name: string, time: number) => to.set(name, (to.get(name) ?? 0) + time);
  let busy = 0;
  for (const [at, id] of samples.entries()) {
    const time = timeDeltas[at] ?? 0;
    if (idle.has(byId.get(id)!.callFrame.functionName)) continue;
    busy += time;
    add(self, nameOf(byId.get(id)!.callFrame), time);
    const names = new Set<string>();
    for (let up: number | undefined = id; up !== undefined; up = above.get(up))
      names.add(nameOf(byId.get(up)!.callFrame));
    for (const name of names) add(total, name, time);
  }
  return [...total].map(([name, time]) => ({ name, self: (self.get(name) ?? 0) / busy, total: time / busy }));
}

const percent = (share: number): string => `${(share * 100).toFixed(1).padStart(5)} %`;

/** The heaviest by themselves, and of our own code the heaviest with what they called. */
export function framesText(frames: readonly Frame[], most: number): string {
  const heaviest = [...frames].sort((a, b) => b.self - a.self).slice(0, most);
  const own = frames.filter(({ name }) => / (apps|libs|@nestjs|@mikro-orm|knex|pg|nats|fastify)\//.test(name));
  const wide = own.sort((a, b) => b.total - a.total).slice(0, most);
  return [
    'by itself',
    ...heaviest.map(({ self, name }) => `${percent(self)}  ${name}`),
    'with what it called',
    ...wide.map(({ total, name }) => `${percent(total)}  ${name}`),
  ].join('\n');
}
