import {
  acceptMonthlyReport,
  exportMonthlyReport,
  listCellRecords,
  listMonthlyReports,
  openMonthlyReport,
  readMonthlyReport,
  readReportMonth,
  restateMonthlyReport,
  returnMonthlyReport,
  submitMonthlyReport,
  updateMonthlyReport,
} from '@shidang/contracts';
import { Controller, Get, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendFile, xlsx } from './files/send-file';
import { Serves, type Ask } from './serve/serves';
import { Renewal } from './session/renewal';

@Controller()
export class MonthlyReportsController {
  constructor(private readonly renewal: Renewal) {}

  @Get('report-months/:month')
  @Serves(readReportMonth)
  month(ask: Ask<typeof readReportMonth>) {
    return ask();
  }

  @Get('monthly-reports/:reportId.xlsx')
  @Serves(exportMonthlyReport, { fills: ['offset'], download: xlsx })
  export(
    ask: Ask<typeof exportMonthlyReport>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return sendFile(reply, (offset) => this.renewal.renewed(request, () => ask({ offset })));
  }

  @Post('monthly-reports')
  @Serves(openMonthlyReport, { created: ({ id }) => `/monthly-reports/${id}` })
  open(ask: Ask<typeof openMonthlyReport>) {
    return ask();
  }

  @Get('monthly-reports')
  @Serves(listMonthlyReports)
  list(ask: Ask<typeof listMonthlyReports>) {
    return ask();
  }

  @Get('monthly-reports/:reportId')
  @Serves(readMonthlyReport)
  read(ask: Ask<typeof readMonthlyReport>) {
    return ask();
  }

  @Patch('monthly-reports/:reportId')
  @Serves(updateMonthlyReport)
  update(ask: Ask<typeof updateMonthlyReport>) {
    return ask();
  }

  @Post('monthly-reports/:reportId/submission')
  @Serves(submitMonthlyReport)
  submit(ask: Ask<typeof submitMonthlyReport>) {
    return ask();
  }

  @Post('monthly-reports/:reportId/return')
  @Serves(returnMonthlyReport)
  return(ask: Ask<typeof returnMonthlyReport>) {
    return ask();
  }

  @Post('monthly-reports/:reportId/acceptance')
  @Serves(acceptMonthlyReport)
  accept(ask: Ask<typeof acceptMonthlyReport>) {
    return ask();
  }

  @Post('monthly-reports/:reportId/restatements')
  @Serves(restateMonthlyReport)
  restate(ask: Ask<typeof restateMonthlyReport>) {
    return ask();
  }

  @Get('monthly-reports/:reportId/cells/:key/records')
  @Serves(listCellRecords)
  cellRecords(ask: Ask<typeof listCellRecords>) {
    return ask();
  }
}
