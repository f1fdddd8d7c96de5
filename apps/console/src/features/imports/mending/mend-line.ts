/** What one cell shall hold. */
export interface CellEdit {
  readonly sheet: string;
  readonly row: number;
  readonly column: string;
  readonly value: string;
  /** Never kept on this computer's disk: numbers of documents, phones, addresses, pay. */
  readonly isSensitive: boolean;
}

/** What a change on the server answers. */
export interface Mended<Rows> {
  readonly etag: string;
  readonly rows: Rows;
}

export interface LineWays<Rows> {
  readonly sendCells: (cells: readonly CellEdit[], etag: string) => Promise<Mended<Rows>>;
  /** The version of now, when ours was old. */
  readonly currentVersion: () => Promise<string>;
  readonly mended: (answer: Mended<Rows>) => void;
  readonly isStale: (failure: unknown) => boolean;
  /** Edits that are not sensitive, for a reload of the page. */
  readonly keep: (edits: readonly CellEdit[]) => void;
  readonly now?: () => Date;
}

export interface LineState {
  /** What is typed and not yet on the server, by `placeOf`. */
  readonly unsaved: ReadonlyMap<string, CellEdit>;
  readonly isSending: boolean;
  readonly savedAt?: Date;
  /** Why the line stands still; `retry` goes on. */
  readonly failure?: unknown;
}

export const placeOf = ({ sheet, row, column }: Pick<CellEdit, 'sheet' | 'row' | 'column'>): string =>
  `${sheet}\u0000${row}\u0000${column}`;

const mostAtOnce = 500;
const mostStale = 5;

interface Turn<Rows> {
  readonly run: (etag: string) => Promise<Mended<Rows>>;
  readonly done: () => void;
  readonly failed: (failure: unknown) => void;
}

/**
 * Changes on their way to the server, one after the other: what is typed is shown at once, sent as soon as the server answers, and kept until it has
 * said that it has it. Cells go before what was asked for after them.
 */
export class MendLine<Rows> {
  private state: LineState = { unsaved: new Map(), isSending: false };
  private readonly turns: Turn<Rows>[] = [];
  private readonly listeners = new Set<() => void>();
  private idlers: { resolve: () => void; reject: (failure: unknown) => void }[] = [];
  private stale = 0;

  constructor(
    private etag: string,
    private readonly ways: LineWays<Rows>,
    kept: readonly CellEdit[] = [],
  ) {
    if (kept.length > 0) this.edit(kept);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): LineState => this.state;

  edit(cells: readonly CellEdit[]): void {
    const unsaved = new Map(this.state.unsaved);
    for (const cell of cells) {
      unsaved.delete(placeOf(cell));
      unsaved.set(placeOf(cell), cell);
    }
    this.become({ unsaved });
    void this.go();
  }

  /** Takes back the last edit that has not left yet; false when all are on their way or on the server. */
  dropLast(): boolean {
    if (this.state.isSending) return false;
    const last = [...this.state.unsaved.keys()].at(-1);
    if (last === undefined) return false;
    const unsaved = new Map(this.state.unsaved);
    unsaved.delete(last);
    this.become({ unsaved });
    return true;
  }

  /** A change of another kind, after everything typed before it. */
  ask(run: Turn<Rows>['run']): Promise<void> {
    return new Promise((done, failed) => {
      this.turns.push({ run, done, failed });
      void this.go();
    });
  }

  /** Resolves when nothing is on its way any more; rejects when the line stands still. */
  idle(): Promise<void> {
    if (this.state.failure !== undefined) return Promise.reject(this.state.failure as Error);
    if (!this.state.isSending && this.state.unsaved.size === 0) return Promise.resolve();
    return new Promise((resolve, reject) => this.idlers.push({ resolve, reject }));
  }

  retry(): void {
    this.become({ failure: undefined });
    void this.go();
  }

  private async go(): Promise<void> {
    if (this.state.isSending || this.state.failure !== undefined) return;
    if (this.state.unsaved.size === 0 && this.turns.length === 0) return;
    this.become({ isSending: true });
    try {
      while (this.state.unsaved.size > 0 || this.turns.length > 0) {
        if (this.state.unsaved.size > 0) await this.sendCells();
        else await this.takeTurn(this.turns[0]!);
      }
      this.become({ isSending: false });
      this.idlers.splice(0).forEach(({ resolve }) => resolve());
    } catch (failure) {
      this.become({ isSending: false, failure });
      this.idlers.splice(0).forEach(({ reject }) => reject(failure));
    }
  }

  private async sendCells(): Promise<void> {
    const batch = [...this.state.unsaved.values()].slice(0, mostAtOnce);
    const answer = await this.versioned((etag) => this.ways.sendCells(batch, etag));
    if (!answer) return;
    const unsaved = new Map(this.state.unsaved);
    // what was typed again meanwhile is still to be sent
    for (const sent of batch) if (unsaved.get(placeOf(sent)) === sent) unsaved.delete(placeOf(sent));
    this.ways.mended(answer);
    this.become({ unsaved, savedAt: (this.ways.now ?? (() => new Date()))() });
  }

  private async takeTurn(turn: Turn<Rows>): Promise<void> {
    try {
      const answer = await this.versioned(turn.run);
      if (!answer) return;
      this.ways.mended(answer);
      this.become({ savedAt: (this.ways.now ?? (() => new Date()))() });
      turn.done();
    } catch (failure) {
      turn.failed(failure);
    }
    this.turns.shift();
  }

  /** Undefined: our version was old, the new one is known now. */
  private async versioned(run: Turn<Rows>['run']): Promise<Mended<Rows> | undefined> {
    try {
      const answer = await run(this.etag);
      this.etag = answer.etag;
      this.stale = 0;
      return answer;
    } catch (failure) {
      if (!this.ways.isStale(failure) || ++this.stale > mostStale) throw failure;
      this.etag = await this.ways.currentVersion();
      return undefined;
    }
  }

  private become(next: Partial<LineState>): void {
    this.state = { ...this.state, ...next };
    if (next.unsaved) this.ways.keep([...next.unsaved.values()].filter((each) => !each.isSensitive));
    this.listeners.forEach((tell) => tell());
  }
}
