import { Injectable } from '@nestjs/common';

/** What time it is for quiet hours and grace. Tests move it; nothing else of the service follows. */
@Injectable()
export class Clock {
  private ahead = 0;

  now(): Date {
    return new Date(Date.now() + this.ahead);
  }

  moveTo(moment: string): void {
    this.ahead = Date.parse(moment) - Date.now();
  }
}
