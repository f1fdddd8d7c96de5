import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { dirname } from 'node:path';
import { fromRoot } from './workspace';

export interface GuardedCommand {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Set when the starter is root and the command must not be. */
  readonly identity?: { uid: number; gid: number };
  /** Standard output and error go here. */
  readonly log: string;
  readonly stopSignal: 'SIGTERM' | 'SIGINT';
  readonly graceSeconds: number;
  /** Removed when the command has ended, even if the starter is gone by then. */
  readonly sweep?: string;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A child in its own process group that ends when this process vanishes (guard.sh). */
export class Guarded {
  readonly ended: Promise<Ended>;
  private running = true;

  private constructor(
    readonly what: GuardedCommand,
    private readonly guard: ChildProcess,
  ) {
    this.ended = new Promise((settle) => {
      guard.once('error', () => this.finish({ code: 127, signal: null }, settle));
      guard.once('exit', (code, signal) => this.finish({ code, signal }, settle));
    });
  }

  static start(what: GuardedCommand): Guarded {
    mkdirSync(dirname(what.log), { recursive: true });
    const log = openSync(what.log, 'a', 0o600);
    // The script travels as text: the other user may not be able to read the checkout.
    const script = readFileSync(fromRoot('tools/dev/guard.sh'), 'utf8');
    const terms = [what.stopSignal.slice(3), String(what.graceSeconds), what.sweep ?? ''];
    const guard = spawn('sh', ['-c', script, 'guard', ...terms, what.command, ...what.args], {
      cwd: what.cwd ?? (what.identity ? '/' : undefined),
      env: what.env,
      detached: true,
      stdio: ['pipe', log, log],
      ...what.identity,
    });
    closeSync(log);
    guard.stdin?.on('error', () => undefined);
    // A starter that forgets to stop it must still be able to end; the guard sees that and ends the command.
    guard.unref();
    if (guard.stdin instanceof Socket) guard.stdin.unref();
    return new Guarded(what, guard);
  }

  get pid(): number {
    return this.guard.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.running;
  }

  /** Asks the command to end, kills it after its grace. */
  async stop(): Promise<Ended> {
    this.guard.ref();
    this.guard.stdin?.destroy();
    return this.ended;
  }

  /** `kill -9` of the command and everything in its group, as a crash would be. */
  async kill(): Promise<Ended> {
    this.guard.ref();
    this.killGroup();
    return this.ended;
  }

  private finish(ended: Ended, settle: (ended: Ended) => void): void {
    this.running = false;
    this.killGroup();
    settle(ended);
  }

  private killGroup(): void {
    if (!this.guard.pid) return;
    try {
      process.kill(-this.guard.pid, 'SIGKILL');
    } catch {
      // The group is already empty.
    }
  }
}
