import {
  fileChunkBytes,
  appendFile,
  beginImport,
  commonRefusals,
  commitImport,
  ImportIssue,
  listImportColumns,
  listImportIssues,
  matchImportColumns,
  readImport,
  renewCaller,
  startImport,
} from '@shidang/contracts';
import type { Caller } from '@shidang/access';
import type { ImportState, ImportView } from '@shidang/contracts';
import { registerTeachers } from '@shidang/contracts';
import type { SampleTeacher } from '@shidang/seed';
import { eventually } from '@shidang/testing';
import type { RecordsSuite, School } from '../records.testing';

/** Uploading, checking and committing workbooks as the gateway does. */
export class ImportSuite {
  /** Posts identity would refuse to renew. */
  readonly ended = new Set<string>();
  /** Posts identity is away for, and how many times it will be. */
  readonly away = new Map<string, number>();
  private readonly callers = new Map<string, Caller>();

  constructor(readonly records: RecordsSuite) {}

  /** Identity as an import meets it: renews whoever uploaded. */
  async answerRenewals(refused: () => Error): Promise<void> {
    await this.records.service.answers(renewCaller, async ({ postId }) => {
      const away = this.away.get(postId) ?? 0;
      this.away.set(postId, away - 1);
      if (away > 0) throw commonRefusals.unavailable({});
      const caller = this.callers.get(postId);
      if (!caller || this.ended.has(postId)) throw refused();
      return {
        callerToken: await this.records.service.tokenOf(caller),
        expiresAt: new Date(Date.now() + 12_000).toISOString(),
      };
    });
  }

  async registerAll(school: School, teachers: readonly SampleTeacher[]): Promise<void> {
    for (let from = 0; from < teachers.length; from += 50) {
      const part = teachers.slice(from, from + 50).map(({ name, sex, birthDate, document, employment }) => ({
        name,
        sex,
        birthDate,
        document,
        employment: { ...employment },
      }));
      await this.records.service.ask(registerTeachers, { teachers: part }, school.system);
    }
  }

  /** begin, the pieces, start. */
  async upload(caller: Caller, file: Buffer, fileName = '教师.xlsx'): Promise<ImportView> {
    this.callers.set(caller.postId, caller);
    const { service } = this.records;
    const { importId, uploadId } = await service.ask(beginImport, { fileName, size: file.length }, caller);
    for (let index = 0; index * fileChunkBytes < file.length; index++) {
      const bytes = file.subarray(index * fileChunkBytes, (index + 1) * fileChunkBytes).toString('base64');
      await service.ask(appendFile, { uploadId, index, bytes }, caller);
    }
    return service.ask(startImport, { importId }, caller);
  }

  read(caller: Caller, importId: string): Promise<ImportView> {
    return this.records.service.ask(readImport, { importId }, caller);
  }

  until(caller: Caller, importId: string, state: ImportState): Promise<ImportView> {
    return eventually(
      async () => {
        const view = await this.read(caller, importId);
        if (view.state === 'failed' && state !== 'failed') throw new Error(`failed: ${view.failure?.code}`);
        return view.state === state ? view : false;
      },
      `the import is ${state}`,
      { timeout: 60_000, every: 200 },
    );
  }

  async checked(caller: Caller, file: Buffer): Promise<ImportView> {
    const { id } = await this.upload(caller, file);
    const stands = await eventually(
      async () => {
        const view = await this.read(caller, id);
        return view.state === 'checked' || view.state === 'matching' || view.state === 'failed' ? view : false;
      },
      'the import has been looked at',
      { timeout: 60_000, every: 200 },
    );
    if (stands.state === 'matching') await this.leaveOut(caller, stands);
    return this.until(caller, id, 'checked');
  }

  /** Goes on without the columns nobody is sure about. */
  private async leaveOut(caller: Caller, { id: importId, etag }: ImportView): Promise<void> {
    const { sheets } = await this.records.service.ask(listImportColumns, { importId }, caller);
    const choices = sheets.map(({ sheet, columns, missing }) => ({
      sheet,
      columns: columns.flatMap(({ column, isSure }) => (isSure ? [] : [{ column }])),
      without: missing,
    }));
    await this.records.service.ask(matchImportColumns, { importId, sheets: choices }, caller, { ifMatch: etag });
  }

  async committed(caller: Caller, importId: string): Promise<ImportView> {
    await this.records.service.ask(commitImport, { importId }, caller);
    return this.until(caller, importId, 'committed');
  }

  /** Every finding, over all pages. */
  async issues(caller: Caller, importId: string, limit = 10): Promise<ImportIssue[]> {
    const found: ImportIssue[] = [];
    let cursor: string | undefined;
    do {
      const { items, page } = await this.records.service.ask(listImportIssues, { importId, limit, cursor }, caller);
      found.push(...items);
      cursor = page.next;
    } while (cursor);
    return found;
  }
}
