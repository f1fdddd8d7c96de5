import { Agent, request } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { Sample } from './figures';
import type { Written } from './journal';
import type { Target } from './targets';

/** One stretch of load, told to this process by its parent. */
export interface Load {
  readonly url: string;
  readonly targets: readonly Target[];
  readonly password: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** Marks begin with it. */
  readonly name: string;
}

export interface Loaded {
  readonly samples: readonly Sample[];
  readonly journal: readonly Written[];
  /** Requests that were sent more than 50 ms after they were due: the generator's own shame. */
  readonly late: number;
}

/** Of 100 requests: reads, lists, writes, log-ins. */
const mix = [
  { kind: 'read', upTo: 50 },
  { kind: 'list', upTo: 75 },
  { kind: 'patch', upTo: 97 },
  { kind: 'log-in', upTo: 100 },
] as const;
/** Who has waited so long for a connection and an answer goes away. */
const clientMilliseconds = 15_000;
const tickMilliseconds = 5;

interface Answered {
  readonly status: number;
  /** When it was written to a connection; nothing when it never was. */
  readonly sent?: number;
  readonly etag?: string;
  /** The refusal says that nothing was done; a bare 503 may come from a service that was asked and did not answer in time. */
  readonly undone?: boolean;
}

/** Sends at its own pace whatever comes back (open loop): who waits for answers never shows an overload. */
class Generator {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 2_000 });
  private readonly samples: Sample[] = [];
  private readonly journal: Written[] = [];
  private readonly etags: Map<string, string>;
  private readonly idle: Target[];
  private readonly running = new Set<Promise<void>>();
  private late = 0;
  private marks = 0;

  constructor(private readonly load: Load) {
    this.idle = [...load.targets];
    this.etags = new Map(load.targets.map(({ entryId, etag }) => [entryId, etag]));
  }

  async run(): Promise<Loaded> {
    const { perSecond, seconds } = this.load;
    const began = performance.now();
    const total = Math.floor(perSecond * seconds);
    await new Promise<void>((resolve) => {
      let sent = 0;
      const timer = setInterval(() => {
        const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * perSecond));
        for (; sent < due; sent++) this.send(sent, began + (sent / perSecond) * 1000);
        if (sent < total) return;
        clearInterval(timer);
        resolve();
      }, tickMilliseconds);
    });
    await Promise.all(this.running);
    this.agent.destroy();
    return { samples: this.samples, journal: this.journal, late: this.late };
  }

  private send(n: number, due: number): void {
    if (performance.now() - due > 50) this.late += 1;
    const place = (n * 37) % 100;
    const wanted = mix.find(({ upTo }) => place < upTo)!.kind;
    const target = this.load.targets[n % this.load.targets.length]!;
    const one = this.one(wanted, target, n).then(({ kind, status, sent }) => {
      const ended = performance.now();
      this.samples.push({ kind, status, milliseconds: ended - due, held: (sent ?? ended) - due });
      this.running.delete(one);
    });
    this.running.add(one);
  }

  private async one(kind: string, target: Target, n: number): Promise<Answered & { kind: string }> {
    if (kind === 'patch') {
      const free = this.idle.shift();
      if (free) return { kind, ...(await this.patch(free)) };
      // every entry is being written: a read instead, so that the load stays what it is
    }
    if (kind === 'list') return { kind, ...(await this.ask('GET', '/teachers?limit=20', target)) };
    if (kind === 'log-in') {
      const body = JSON.stringify({ loginName: target.loginName, password: this.load.password });
      return { kind, ...(await this.ask('POST', '/sessions', undefined, body, n)) };
    }
    return { kind: 'read', ...(await this.ask('GET', `/teachers/${target.teacherId}`, target)) };
  }

  /** The next write of this entry begins when this one is over; after an unknown one there is none. */
  private async patch(target: Target): Promise<Answered> {
    const { entryId, teacherId } = target;
    const mark = `${this.load.name}${++this.marks}`;
    const body = JSON.stringify({ values: { staffNo: mark } });
    const path = `/teachers/${teacherId}/sections/basic/entries/${entryId}`;
    const answered = await this.ask('PATCH', path, target, body);
    const { status, etag, undone } = answered;
    const refused = undone === true || (status >= 400 && status < 500);
    const outcome = status >= 200 && status < 300 ? 'ok' : refused ? 'refused' : 'unknown';
    this.journal.push({ entryId, mark, outcome });
    if (etag) this.etags.set(entryId, etag);
    if (outcome !== 'unknown') this.idle.push(target);
    return answered;
  }

  private ask(method: string, path: string, target?: Target, body?: string, n = 0): Promise<Answered> {
    return new Promise((settle) => {
      let at: number | undefined;
      const resolve = (answered: Answered) => settle({ ...answered, sent: at });
      const mark = () => (at = performance.now());
      const sent = request(`${this.load.url}/api/v1${path}`, {
        method,
        agent: this.agent,
        signal: AbortSignal.timeout(clientMilliseconds),
        headers: {
          ...(target && { authorization: `Bearer ${target.token}` }),
          ...(body && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          ...(method === 'PATCH' && {
            'if-match': `"${this.etags.get(target!.entryId)}"`,
            'idempotency-key': randomUUID(),
          }),
          // log-ins come from many offices
          ...(!target && { 'x-forwarded-for': `10.${(n >> 8) & 255}.${n & 255}.7` }),
        },
      });
      sent.once('socket', (socket) => (socket.connecting ? socket.once('connect', mark) : mark()));
      sent.once('error', () => resolve({ status: 0 }));
      sent.once('response', (response) => {
        const etag = /^"(.+)"$/.exec(response.headers.etag ?? '')?.[1];
        response.once('error', () => resolve({ status: 0 }));
        let text = '';
        if (response.statusCode === 503) response.on('data', (piece: Buffer) => (text += piece.toString()));
        const undone = () => /"code":"(gateway\.overloaded|request\.busy)"/.test(text);
        response.once('end', () => resolve({ status: response.statusCode ?? 0, etag, undone: undone() }));
        response.resume();
      });
      sent.end(body);
    });
  }
}

process.on('message', (load: Load) => {
  void new Generator(load).run().then((loaded) => process.send!(loaded));
});
