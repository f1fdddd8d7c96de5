import { existsSync, readFileSync } from 'node:fs';
import { Guarded, type Ended, type GuardedCommand } from '../guarded';
import { known, type Known } from './processes';

export interface Kept {
  readonly command: GuardedCommand;
  /** Settles when the process does its work; rejects when it does not in time. */
  readonly ready: () => Promise<unknown>;
  readonly say: (line: string) => void;
}

const firstPause = 250;
const longestPause = 10_000;
/** Whoever ran this long before crashing starts over with the first pause. */
const settledAfter = 30_000;

function tail(file: string, lines: number): string {
  if (!existsSync(file)) return '';
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

const howItEnded = ({ code, signal }: Ended): string => (signal ? `by ${signal}` : `with code ${code}`);

/** Keeps one process running: a crash is said aloud and mended with growing pauses. */
export class Keeper {
  restarts = 0;
  private process?: Guarded;
  private stopping = false;
  private pause = firstPause;
  private startedAt = 0;
  private nextStart?: NodeJS.Timeout;

  constructor(private readonly kept: Kept) {}

  get name(): string {
    return this.kept.command.name;
  }

  get known(): Known | undefined {
    return this.process && known(this.process.pid);
  }

  /** The first start: a process that ends instead of getting ready fails it, with the last lines of its log. */
  async start(): Promise<void> {
    const process = this.launch();
    const ended = process.ended.then((how) => {
      throw new Error(
        `${this.name} ended ${howItEnded(how)} while starting. ${this.kept.command.log} ends with:\n${tail(this.kept.command.log, 15)}`,
      );
    });
    ended.catch(() => undefined);
    await Promise.race([this.kept.ready(), ended]);
    void process.ended.then((how) => this.crashed(how));
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.nextStart);
    await this.process?.stop();
  }

  /** A graceful stop and a new start, as a rolling restart does to each replica; whoever does not end with code 0 fails it. */
  async restart(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.nextStart);
    const how = this.process?.isRunning ? await this.process.stop() : undefined;
    this.stopping = false;
    await this.start();
    if (how && how.code !== 0) throw new Error(`${this.name} was asked to end and ended ${howItEnded(how)}`);
  }

  /** As a crash would be: `kill -9`, mended like one. */
  async kill(): Promise<void> {
    await this.process?.kill();
  }

  private launch(): Guarded {
    this.startedAt = Date.now();
    this.process = Guarded.start(this.kept.command);
    return this.process;
  }

  private crashed(how: Ended): void {
    if (this.stopping) return;
    if (Date.now() - this.startedAt > settledAfter) this.pause = firstPause;
    this.kept.say(
      `${this.name} ended ${howItEnded(how)}, starting it again in ${this.pause} ms (log: ${this.kept.command.log})`,
    );
    this.nextStart = setTimeout(() => this.again(), this.pause);
    this.pause = Math.min(this.pause * 2, longestPause);
  }

  private again(): void {
    if (this.stopping) return;
    this.restarts += 1;
    const process = this.launch();
    void process.ended.then((how) => this.crashed(how));
    void this.kept.ready().then(
      () => process.isRunning && this.kept.say(`${this.name} is ready again`),
      () => undefined,
    );
  }
}
