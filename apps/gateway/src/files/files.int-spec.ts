import type { Caller } from '@shidang/access';
import { CallerSigner } from '@shidang/bus';
import {
  appendFile,
  beginImport,
  exportTeacherList,
  fileChunkBytes,
  identityRefusals,
  importRefusals,
  mostFileBytes,
  readTemplate,
  resolveSession,
  startImport,
  workbookRefusals,
  type AppendFile,
  type BeginImport,
  type ImportView,
} from '@shidang/contracts';
import { eventually, identityKeys } from '@shidang/testing';
import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { RunningGateway } from '../gateway.testing';

const importId = '0197b0a5-0000-7000-8000-000000000001';
const token = 'a-session-of-the-school';
const administrator: Caller = {
  accountId: '0197b0a5-0000-7000-8000-00000000000a',
  personId: '0197b0a5-0000-7000-8000-00000000000b',
  postId: '0197b0a5-0000-7000-8000-00000000000c',
  role: 'informationAdministrator',
  tier: 'school',
  orgPath: '0.33.3311.331102.2133001234.',
  orgCode: '2133001234',
};
const view: ImportView = {
  id: importId,
  state: 'checking',
  fileName: '',
  size: 0,
  organisation: administrator.orgCode,
  createdAt: new Date(0).toISOString(),
  etag: '1',
  undoable: 0,
  isOwn: true,
  hasFile: true,
};

describe('files through the door', () => {
  let gateway: RunningGateway;
  const asked = {
    resolve: 0,
    begun: [] as { payload: BeginImport; key: string }[],
    pieces: [] as { payload: AppendFile; key: string }[],
    started: [] as string[],
  };
  /** Keys under which records has started an import before. */
  const usedKeys = new Set<string>();
  const template = randomBytes(fileChunkBytes * 2 + 17);

  const upload = (file: Uint8Array<ArrayBuffer>, { name = '教师 信息.xlsx', part = 'file', headers = {} } = {}) => {
    const form = new FormData();
    form.set(part, new File([file], name));
    return gateway.ask<{ code?: string; id?: string }>('/imports', { method: 'POST', token, body: form, headers });
  };
  const received = () => Buffer.concat(asked.pieces.map(({ payload }) => Buffer.from(payload.bytes, 'base64')));

  async function playIdentity(): Promise<void> {
    const signer = await CallerSigner.from(identityKeys().privateKey);
    await gateway.answers(resolveSession, async (query) => {
      asked.resolve += 1;
      if (query.token !== token) throw identityRefusals.sessionEnded({});
      return {
        callerToken: await signer.sign(administrator),
        callerExpiresAt: new Date().toISOString(),
        sessionExpiresAt: new Date().toISOString(),
        mustChangePassword: false,
      };
    });
  }

  async function playRecords(): Promise<void> {
    await gateway.answers(beginImport, (payload, header) => {
      asked.begun.push({ payload, key: header('idempotency-key') });
      return { importId, uploadId: importId, chunkSize: fileChunkBytes };
    });
    await gateway.answers(appendFile, (payload, header) => {
      asked.pieces.push({ payload, key: header('idempotency-key') });
      if (usedKeys.has(asked.begun.at(-1)?.key ?? '')) throw importRefusals.wrongState({ importId, state: 'checked' });
      return { uploadId: importId, received: 0, size: 0 };
    });
    await gateway.answers(startImport, (_, header) => {
      asked.started.push(header('idempotency-key'));
      if (usedKeys.has(header('idempotency-key'))) return view;
      if (received().subarray(0, 2).toString() === 'PK') return view;
      throw workbookRefusals.notXlsx({});
    });
    await gateway.answers(readTemplate, ({ offset = 0 }) => {
      const bytes = template.subarray(offset, offset + fileChunkBytes);
      const next = offset + bytes.length < template.length ? { next: offset + bytes.length } : {};
      const file = { fileName: '模板.xlsx', contentType: 'application/test', size: template.length, etag: 'v1' };
      return { ...file, offset, bytes: bytes.toString('base64'), ...next };
    });
    await gateway.answers(exportTeacherList, ({ cursor }) =>
      cursor ? { csv: '李四\n', rows: 1 } : { csv: '\ufeff姓名\n张三\n', rows: 1, next: 'on' },
    );
  }

  beforeAll(async () => {
    gateway = await RunningGateway.start();
    await playIdentity();
    await playRecords();
  }, 30_000);
  afterAll(() => gateway?.stop());
  beforeEach(() => {
    asked.begun.length = 0;
    asked.pieces.length = 0;
    asked.started.length = 0;
  });

  it('brings a workbook to records in full pieces, in order, with its size and hash', async () => {
    const file = Buffer.concat([Buffer.from('PK'), randomBytes(fileChunkBytes * 2 + 1000)]);
    const taken = await upload(file, { headers: { 'idempotency-key': 'once' } });
    expect([taken.status, taken.body.id, taken.headers.get('location')]).toEqual([
      202,
      importId,
      `/api/v1/jobs/${importId}`,
    ]);
    const sha256 = createHash('sha256').update(file).digest('hex');
    expect(asked.begun).toEqual([{ payload: { fileName: '教师 信息.xlsx', size: file.length, sha256 }, key: 'once' }]);
    expect(asked.pieces.map(({ payload, key }) => [payload.index, payload.uploadId, key])).toEqual([
      [0, importId, ''],
      [1, importId, ''],
      [2, importId, ''],
    ]);
    expect(received().equals(file)).toBe(true);
  });

  it('answers a repeated key as before, although the import has gone on since', async () => {
    const file = Buffer.concat([Buffer.from('PK'), randomBytes(fileChunkBytes + 1)]);
    usedKeys.add('again');
    const taken = await upload(file, { headers: { 'idempotency-key': 'again' } });
    expect([taken.status, taken.body.id, asked.pieces.length, asked.started]).toEqual([202, importId, 1, ['again']]);
  });

  it('tells what records refuses', async () => {
    const refused = await upload(Buffer.from('MZ'));
    expect([refused.status, refused.body.code]).toEqual([415, 'records.workbook_not_xlsx']);
  });

  it('takes 20 MB and not a byte more', async () => {
    const most = Buffer.alloc(mostFileBytes, 'PK');
    expect((await upload(most)).status).toBe(202);
    expect(received().equals(most)).toBe(true);
    asked.begun.length = 0;
    const refused = await upload(Buffer.alloc(mostFileBytes + 1));
    expect([refused.status, refused.body.code]).toEqual([413, 'records.workbook_too_large']);
    expect(asked.begun).toEqual([]);
  });

  it('refuses 60 MB before they are sent', async () => {
    const refused = await upload(Buffer.alloc(60 * 1024 * 1024));
    expect([refused.status, refused.body.code]).toEqual([413, 'records.workbook_too_large']);
  });

  it('hears out who sends too much: a line that is closed while he sends loses him the answer', async () => {
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    let heard = '';
    socket.on('data', (piece: Buffer) => (heard += piece.toString()));
    const answers = () => [...heard.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    const body = Buffer.alloc(mostFileBytes + 1024 * 1024);
    socket.write(
      `POST /api/v1/imports HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\nidempotency-key: much\r\n` +
        `content-type: multipart/form-data; boundary=b\r\ncontent-length: ${body.length}\r\n\r\n`,
    );
    try {
      await eventually(
        () => heard.includes('records.workbook_too_large'),
        'the refusal is heard before the body is sent',
      );
      await new Promise((sent) => socket.write(body, sent));
      socket.write('GET /api/v1/nowhere HTTP/1.1\r\nhost: x\r\n\r\n');
      await eventually(() => answers().length === 2, 'the line is still good');
      expect(answers()).toEqual(['413', '404']);
    } finally {
      socket.destroy();
    }
  });

  it.each([
    ['an empty file', () => upload(Buffer.alloc(0)), 400, 'gateway.file_missing'],
    ['a part of another name', () => upload(Buffer.from('PK'), { part: 'files' }), 400, 'gateway.file_missing'],
    ['JSON', () => gateway.post<{ code?: string }>('/imports', {}, { token }), 415, 'gateway.unsupported_media_type'],
  ])('refuses %s', async (_, send, status, code) => {
    const refused = await send();
    expect([refused.status, refused.body.code]).toEqual([status, code]);
    expect(asked.begun).toEqual([]);
  });

  it('refuses a form that breaks off before its end', async () => {
    const response = await fetch(`${gateway.url}/api/v1/imports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'multipart/form-data; boundary=b' },
      body: '--b\r\ncontent-disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\nPK',
    });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, 'request.malformed']);
    expect(asked.begun).toEqual([]);
  });

  it('streams a file back whole, under its name', async () => {
    const response = await fetch(`${gateway.url}/api/v1/import-templates/primarySecondary.xlsx`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.headers.get('content-type')).toBe('application/test');
    expect(response.headers.get('content-length')).toBe(String(template.length));
    expect(response.headers.get('etag')).toBe('"v1"');
    expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''%E6%A8%A1%E6%9D%BF.xlsx");
    expect(Buffer.from(await response.arrayBuffer()).equals(template)).toBe(true);
  });

  it('joins the pages of a list into one csv', async () => {
    const answered = await gateway.ask<string>('/teachers.csv?organisation=2133001234', { token });
    expect(answered.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answered.body).toBe('姓名\n张三\n李四\n');
  });

  it('asks identity once for requests that come together', async () => {
    asked.resolve = 0;
    const other = 'another-session-unknown-to-identity';
    const answers = await Promise.all(Array.from({ length: 30 }, () => gateway.ask('/me', { token: other })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    expect(asked.resolve).toBe(1);
  });
});
