import { BusClient, type Call } from '@shidang/bus';
import {
  annotateImport,
  appendFile,
  beginImport,
  commitImport,
  exportTeacherList,
  importRefusals,
  listImportCauses,
  listImportColumns,
  listImportIssues,
  listImportRows,
  listImports,
  listImportSheets,
  matchImportColumns,
  mendImport,
  readImport,
  readPrefilledWorkbook,
  readTemplate,
  Refusal,
  replaceInImport,
  startImport,
  undoImport,
  undoMend,
} from '@shidang/contracts';
import { Controller, Get, Patch, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReceiveFile, type ReceivedFile } from './files/receive-file';
import { sendFile, sendText, xlsx } from './files/send-file';
import { idempotencyKeyOf } from './serve/conditions';
import { Serves, type Ask } from './serve/serves';
import { visitOf } from './serve/visit';
import { Renewal } from './session/renewal';

/** The work goes on after the answer; an import is the job of its own id. */
const asJob = ({ id }: { id: string }) => `/jobs/${id}`;

@Controller()
export class ImportsController {
  constructor(
    private readonly bus: BusClient,
    private readonly receive: ReceiveFile,
    private readonly renewal: Renewal,
  ) {}

  @Get('import-templates/:category.xlsx')
  @Serves(readTemplate, { fills: ['offset'], download: xlsx })
  template(
    ask: Ask<typeof readTemplate>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return sendFile(reply, (offset) => this.renewal.renewed(request, () => ask({ offset })));
  }

  @Get('workbooks/:organisation.xlsx')
  @Serves(readPrefilledWorkbook, { fills: ['offset'], download: xlsx })
  prefilled(
    ask: Ask<typeof readPrefilledWorkbook>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return sendFile(reply, (offset) => this.renewal.renewed(request, () => ask({ offset })));
  }

  @Post('imports')
  @Serves(startImport, { fills: ['importId'], accepted: asJob, upload: true })
  start(ask: Ask<typeof startImport>, @Req() request: FastifyRequest) {
    return this.receive.with(request, async (file) => {
      const importId = await this.handOver(file, request);
      return this.renewal.renewed(request, () => ask({ importId }));
    });
  }

  @Get('imports')
  @Serves(listImports)
  list(ask: Ask<typeof listImports>) {
    return ask();
  }

  @Get('imports/:importId')
  @Serves(readImport)
  read(ask: Ask<typeof readImport>) {
    return ask();
  }

  @Get('imports/:importId/issues')
  @Serves(listImportIssues)
  issues(ask: Ask<typeof listImportIssues>) {
    return ask();
  }

  @Get('imports/:importId/sheets')
  @Serves(listImportSheets)
  sheets(ask: Ask<typeof listImportSheets>) {
    return ask();
  }

  @Get('imports/:importId/rows')
  @Serves(listImportRows)
  rows(ask: Ask<typeof listImportRows>) {
    return ask();
  }

  @Get('imports/:importId/causes')
  @Serves(listImportCauses)
  causes(ask: Ask<typeof listImportCauses>) {
    return ask();
  }

  @Get('imports/:importId/columns')
  @Serves(listImportColumns)
  columns(ask: Ask<typeof listImportColumns>) {
    return ask();
  }

  @Put('imports/:importId/columns')
  @Serves(matchImportColumns, { accepted: asJob })
  match(ask: Ask<typeof matchImportColumns>) {
    return ask();
  }

  @Patch('imports/:importId/cells')
  @Serves(mendImport)
  mend(ask: Ask<typeof mendImport>) {
    return ask();
  }

  @Post('imports/:importId/replacements')
  @Serves(replaceInImport)
  replace(ask: Ask<typeof replaceInImport>) {
    return ask();
  }

  @Post('imports/:importId/cells/undo')
  @Serves(undoMend)
  undoMend(ask: Ask<typeof undoMend>) {
    return ask();
  }

  @Get('imports/:importId/annotated.xlsx')
  @Serves(annotateImport, { fills: ['offset'], download: xlsx })
  annotated(
    ask: Ask<typeof annotateImport>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return sendFile(reply, (offset) => this.renewal.renewed(request, () => ask({ offset })));
  }

  @Post('imports/:importId/commit')
  @Serves(commitImport, { accepted: asJob })
  commit(ask: Ask<typeof commitImport>) {
    return ask();
  }

  @Post('imports/:importId/undo')
  @Serves(undoImport, { accepted: asJob })
  undo(ask: Ask<typeof undoImport>) {
    return ask();
  }

  @Get('teachers.csv')
  @Serves(exportTeacherList, { fills: ['cursor'], download: 'text/csv; charset=utf-8' })
  exportTeachers(ask: Ask<typeof exportTeacherList>, @Req() request: FastifyRequest) {
    return sendText({ name: '教师名单.csv', type: 'text/csv; charset=utf-8' }, async (cursor) => {
      const { csv, next } = await this.renewal.renewed(request, () => ask({ cursor }));
      return { text: csv, next };
    });
  }

  /**
   * Brings the bytes to records; a piece that arrives twice changes nothing, so only the begin carries the client's key.
   * When the key was used before, the begin is answered as then, and an import that went on since takes no more pieces:
   * the start, under the same key, answers as then, too.
   */
  private async handOver({ name, size, sha256, chunks }: ReceivedFile, request: FastifyRequest): Promise<string> {
    const call = (): Call => ({ ...visitOf(request).call, token: visitOf(request).session?.callerToken });
    const { importId, uploadId } = await this.renewal.renewed(request, () =>
      this.bus.request(
        beginImport,
        { fileName: name, size, sha256 },
        { ...call(), idempotencyKey: idempotencyKeyOf(request) },
      ),
    );
    try {
      for (const [index, chunk] of chunks.entries()) {
        await this.renewal.renewed(request, () =>
          this.bus.request(appendFile, { uploadId, index, bytes: chunk.toString('base64') }, call()),
        );
      }
    } catch (error) {
      if (!hasGoneOn(error)) throw error;
    }
    return importId;
  }
}

const hasGoneOn = (error: unknown): boolean =>
  error instanceof Refusal && error.body.code === importRefusals.wrongState.code;
