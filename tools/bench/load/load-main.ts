import { readFileSync } from 'node:fs';
import { Shooter } from './shooter';
import type { Load, Loaded } from './shots';

/** Every connection has targets of its own, so that an ETag it holds is the last one. */
async function keepShooting(
  load: Load,
  nth: number,
  until: number,
  note: (milliseconds: number, status: number, bytes: number) => void,
): Promise<void> {
  const shooter = new Shooter(load.port);
  const mine = load.shots.filter((_, at) => at % load.connections === nth % load.shots.length);
  const own = mine.length > 0 ? mine : load.shots;
  const etags = own.map((shot) => shot.etag);
  const isOver = (n: number) => (load.once ? n === mine.length : performance.now() >= until);
  for (let n = 0; !isOver(n); n += 1) {
    const at = n % own.length;
    const started = performance.now();
    const answer = await shooter.shoot(own[at]!, { round: Math.floor(n / own.length), etag: etags[at] });
    etags[at] = answer.etag ?? etags[at];
    note(performance.now() - started, answer.status, answer.bytes);
  }
  shooter.close();
}

async function main(): Promise<void> {
  const load = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Load;
  const began = performance.now();
  const counted = began + (load.once ? 0 : load.warmSeconds * 1000);
  const end = counted + load.seconds * 1000;
  const times: number[] = [];
  const refused: Record<string, number> = {};
  let [last, all] = [0, 0];
  const note = (milliseconds: number, status: number, bytes: number) => {
    [last, all] = [bytes, all + 1];
    if (status < 200 || status > 299) refused[status] = (refused[status] ?? 0) + 1;
    else if (performance.now() >= counted) times.push(milliseconds);
  };
  await Promise.all(Array.from({ length: load.connections }, (_, nth) => keepShooting(load, nth, end, note)));
  const seconds = load.once ? (performance.now() - began) / 1000 : load.seconds;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  const loaded: Loaded = {
    perSecond: times.length / seconds,
    p50: at(0.5),
    p95: at(0.95),
    answers: times.length,
    all,
    refused,
    bytes: last,
  };
  process.stdout.write(JSON.stringify(loaded));
}

void main();
