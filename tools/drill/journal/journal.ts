import { createWriteStream, type WriteStream } from 'node:fs';
import type { Attempt } from './operation';

/** What clients asked and what they were told, a JSON line per attempt, in memory and on disk. */
export class Journal {
  readonly attempts: Attempt[] = [];
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
