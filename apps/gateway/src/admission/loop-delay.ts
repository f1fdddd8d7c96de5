import { Injectable, type OnModuleDestroy } from '@nestjs/common';

const beatMilliseconds = 20;
const turnsKept = 8;

/**
 * How late this process is: what it reads now has lain in a socket about as long as a turn of its loop takes, and nothing else tells,
 * since the kernel says of no request when it came. The shortest of the last eight counts: a few long ones are a pause, not an overload.
 */
@Injectable()
export class LoopDelay implements OnModuleDestroy {
  private lastBeat = performance.now();
  private readonly turns = new Array<number>(turnsKept).fill(0);
  private readonly timer = setInterval(() => {
    const at = performance.now();
    this.turns.shift();
    this.turns.push(at - this.lastBeat - beatMilliseconds);
    this.lastBeat = at;
  }, beatMilliseconds).unref();

  get milliseconds(): number {
    return Math.max(0, Math.min(...this.turns));
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }
}
