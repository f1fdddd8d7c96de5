import { createWriteStream, type WriteStream } from 'node:fs';
import type { Attempt } from './operation';

export interface MissedRead {
  readonly path: string;
  readonly status?: number;
  /** Unix milliseconds. */
  readonly at: number;
}

/** What clients asked and what they were told, a JSON line per attempt, in memory and on disk. */
export class Journal {
  readonly attempts: Attempt[] = [];
  /** Reads that got no answer or a fault, and were asked again. */
  readonly missedReads: MissedRead[] = [];
  private readonly file: WriteStream;

  constructor(path: string) {
    this.file = createWriteStream(path, { flags: 'a', mode: 0o600 });
  }

  note(attempt: Attempt): void {
    this.attempts.push(attempt);
    this.file.write(`${JSON.stringify(attempt)}\n`);
  }

  close(): Promise<void> {
    return new Promise((settle) => this.file.end(settle));
  }
}
