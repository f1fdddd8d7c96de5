import { Injectable } from '@nestjs/common';

/** Wakes the worker of this process; a worker elsewhere finds the batch by itself at its next look. */
@Injectable()
export class BatchBell {
  private listener: () => void = () => undefined;

  ring(): void {
    this.listener();
  }

  listen(listener: () => void): void {
    this.listener = listener;
  }
}
