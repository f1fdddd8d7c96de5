import { fileChunkBytes, Refusal, type FileChunk } from '@shidang/contracts';
import { Vault, Work } from '@shidang/persistence';
import { eventually, ServiceSuite } from '@shidang/testing';
import { randomBytes } from 'node:crypto';
import { recordsService } from '../records.service';
import { RecordsConfig } from '../records.config';
import { aCaller, county } from '../records.testing';
import { DownloadShelf } from './download-shelf';
import { sweepDownloads } from './shelved-file';

describe('files made for one account', () => {
  let service: ServiceSuite;
  let work: Work;
  const caller = aCaller('informationAdministrator', county);
  const file = randomBytes(fileChunkBytes + 1_000);
  const made = () => Promise.resolve({ fileName: 'a.xlsx', bytes: file });

  beforeAll(async () => {
    service = await ServiceSuite.start(recordsService);
    work = service.running.work;
  }, 60_000);
  afterAll(() => service?.stop());

  const replica = (settings: Partial<RecordsConfig> = {}) =>
    new DownloadShelf(
      work,
      service.running.app.get(Vault),
      Object.assign(new RecordsConfig(), { FILES_AT_ONCE: 2, FILES_WAITING: 8 }, settings),
    );
  const codeOf = (attempt: Promise<FileChunk>) =>
    attempt.then(
      () => 'done',
      (error: unknown) => (error instanceof Refusal ? error.body.code : String(error)),
    );

  it('are begun at one replica and taken on at another, made once', async () => {
    const [one, other] = [replica(), replica()];
    let times = 0;
    const make = () => {
      times += 1;
      return made();
    };
    const [first, same] = await Promise.all([one.first(caller, 'x', make), other.first(caller, 'x', make)]);
    expect([times, same.etag]).toEqual([1, first.etag]);
    const rest = await other.piece(caller, 'x', first.next!);
    const bytes = Buffer.concat([first, rest].map((piece) => Buffer.from(piece.bytes, 'base64')));
    expect([bytes.equals(file), rest.next]).toEqual([true, undefined]);
  });

  it('are nobody else’s, lie sealed, and are gone when their time is over', async () => {
    const shelf = replica();
    const secret = Buffer.from('3311021960'.repeat(20));
    const make = () => Promise.resolve({ fileName: 'b.xlsx', bytes: secret });
    // on a busy machine it is told to ask again, as a client is
    await eventually(() => shelf.first(caller, 'mine', make), 'the file is made');
    const stranger = aCaller('informationAdministrator', county);
    expect(await codeOf(shelf.piece(stranger, 'mine', 0))).toBe('records.download_interrupted');
    const rows = await service.rows<{ sealed: string }>(`select sealed from download_chunk`);
    expect(rows.filter(({ sealed }) => sealed.includes(secret.toString('base64').slice(0, 20)))).toEqual([]);
    await service.rows(`update download set making_until = now() - interval '1 second'`);
    expect(await codeOf(shelf.piece(caller, 'mine', 0))).toBe('records.download_interrupted');
    await work.beyond('jobs', (_, sql) => sweepDownloads(sql));
    expect(await service.rows(`select 1 from download_chunk`)).toEqual([]);
  });

  it('are made a few at once; beyond those that wait is no room, and afterwards there is again', async () => {
    const shelf = replica({ FILES_AT_ONCE: 1, FILES_WAITING: 1 });
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    let atOnce = 0;
    let most = 0;
    const slow = async () => {
      most = Math.max(most, ++atOnce);
      await gate;
      atOnce -= 1;
      return { fileName: 'c.xlsx', bytes: file };
    };
    const wanted = ['1', '2', '3'].map((thing) => codeOf(shelf.first(caller, `slow ${thing}`, slow)));
    // which of the three comes last to the bench is theirs to settle
    expect((await Promise.all(wanted)).sort()).toEqual([
      'records.download_being_made',
      'records.download_being_made',
      'request.busy',
    ]);
    open();
    for (const thing of ['1', '2', '3'])
      await eventually(
        async () => expect(await codeOf(shelf.first(caller, `slow ${thing}`, slow))).toBe('done'),
        'made',
      );
    expect(most).toBe(1);
  });

  it('that could not be made are begun anew by the next who asks', async () => {
    const shelf = replica();
    expect(await codeOf(shelf.first(caller, 'broken', () => Promise.reject(new Error('no'))))).toBe('Error: no');
    expect(await codeOf(shelf.first(caller, 'broken', made))).toBe('done');
  });
});
