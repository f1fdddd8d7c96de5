import { MendLine, type CellEdit, type Mended } from './mend-line';

const cell = (row: number, value: string, isSensitive = false): CellEdit => ({
  sheet: '基本信息',
  row,
  column: 'C',
  value,
  isSensitive,
});

/** A server that answers when told to. */
class SlowServer {
  readonly got: { cells: readonly CellEdit[]; etag: string }[] = [];
  readonly kept: CellEdit[][] = [];
  readonly mended: string[] = [];
  private waiting: { resolve: (answer: Mended<null>) => void; reject: (failure: unknown) => void }[] = [];

  readonly line = (kept: readonly CellEdit[] = []) =>
    new MendLine<null>(
      '1',
      {
        sendCells: (cells, etag) => {
          this.got.push({ cells, etag });
          return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
        },
        currentVersion: () => Promise.resolve('9'),
        mended: ({ etag }) => void this.mended.push(etag),
        isStale: (failure) => failure === 'stale',
        keep: (edits) => void this.kept.push([...edits]),
      },
      kept,
    );

  async answer(etag: string): Promise<void> {
    this.waiting.shift()!.resolve({ etag, rows: null });
    await settled();
  }

  async fail(failure: unknown): Promise<void> {
    this.waiting.shift()!.reject(failure);
    await settled();
  }
}

/** Everything that follows from an answer has followed. */
async function settled(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await Promise.resolve();
}

describe('the line of changes', () => {
  it('sends what is typed one after the other, and all that came meanwhile together', async () => {
    const server = new SlowServer();
    const line = server.line();
    line.edit([cell(2, 'a')]);
    line.edit([cell(3, 'b')]);
    line.edit([cell(4, 'c')]);
    expect(server.got.map(({ cells }) => cells.map(({ row }) => row))).toEqual([[2]]);
    await server.answer('2');
    expect(server.got[1]).toMatchObject({ etag: '2', cells: [{ row: 3 }, { row: 4 }] });
    await server.answer('3');
    expect(line.snapshot()).toMatchObject({ isSending: false });
    expect(line.snapshot().unsaved.size).toBe(0);
    expect(server.mended).toEqual(['2', '3']);
  });

  it('sends again what was typed over while it was on its way', async () => {
    const server = new SlowServer();
    const line = server.line();
    line.edit([cell(2, 'a')]);
    line.edit([cell(2, 'ab')]);
    await server.answer('2');
    expect(server.got[1]!.cells).toEqual([cell(2, 'ab')]);
  });

  it('learns the version of now and goes on', async () => {
    const server = new SlowServer();
    const line = server.line();
    line.edit([cell(2, 'a')]);
    await server.fail('stale');
    expect(server.got[1]).toMatchObject({ etag: '9', cells: [{ value: 'a' }] });
  });

  it('keeps everything when it is refused, and goes on when asked', async () => {
    const server = new SlowServer();
    const line = server.line();
    line.edit([cell(2, 'a')]);
    const idle = line.idle().catch((failure: unknown) => failure);
    await server.fail('refused');
    expect(await idle).toBe('refused');
    line.edit([cell(3, 'b')]);
    expect(line.snapshot()).toMatchObject({ failure: 'refused' });
    expect(line.snapshot().unsaved.size).toBe(2);
    line.retry();
    expect(server.got[1]!.cells).toHaveLength(2);
  });

  it('keeps for a reload what is not sensitive, and sends what was kept', async () => {
    const server = new SlowServer();
    const line = server.line([cell(7, 'kept')]);
    line.edit([cell(2, '33250119900307123X', true), cell(3, 'b')]);
    expect(server.kept.at(-1)).toEqual([cell(7, 'kept'), cell(3, 'b')]);
    expect(server.got[0]!.cells).toEqual([cell(7, 'kept')]);
    await server.answer('2');
    await server.answer('3');
    expect(server.kept.at(-1)).toEqual([]);
  });

  it('lets other changes wait for what was typed before them', async () => {
    const server = new SlowServer();
    const line = server.line();
    line.edit([cell(2, 'a')]);
    const order: string[] = [];
    const asked = line.ask((etag) => {
      order.push(etag);
      return Promise.resolve({ etag: '5', rows: null });
    });
    expect(order).toEqual([]);
    await server.answer('4');
    await asked;
    expect(order).toEqual(['4']);
    await line.idle();
  });
});
