import {
  acceptMonthlyReport,
  listCellRecords,
  listMonthlyReports,
  openMonthlyReport,
  readMonthlyReport,
  restateMonthlyReport,
  returnMonthlyReport,
  submitMonthlyReport,
  updateMonthlyReport,
} from '@shidang/contracts';
import { Controller, Get, Patch, Post } from '@nestjs/common';
import { Serves, type Ask } from './serve/serves';

@Controller('monthly-reports')
export class MonthlyReportsController {
  @Post()
  @Serves(openMonthlyReport, { created: ({ id }) => `/monthly-reports/${id}` })
  open(ask: Ask<typeof openMonthlyReport>) {
    return ask();
  }

  @Get()
  @Serves(listMonthlyReports)
  list(ask: Ask<typeof listMonthlyReports>) {
    return ask();
  }

  @Get(':reportId')
  @Serves(readMonthlyReport)
  read(ask: Ask<typeof readMonthlyReport>) {
    return ask();
  }

  @Patch(':reportId')
  @Serves(updateMonthlyReport)
  update(ask: Ask<typeof updateMonthlyReport>) {
    return ask();
  }

  @Post(':reportId/submission')
  @Serves(submitMonthlyReport)
  submit(ask: Ask<typeof submitMonthlyReport>) {
    return ask();
  }

  @Post(':reportId/return')
  @Serves(returnMonthlyReport)
  return(ask: Ask<typeof returnMonthlyReport>) {
    return ask();
  }

  @Post(':reportId/acceptance')
  @Serves(acceptMonthlyReport)
  accept(ask: Ask<typeof acceptMonthlyReport>) {
    return ask();
  }

  @Post(':reportId/restatements')
  @Serves(restateMonthlyReport)
  restate(ask: Ask<typeof restateMonthlyReport>) {
    return ask();
  }

  @Get(':reportId/cells/:key/records')
  @Serves(listCellRecords)
  cellRecords(ask: Ask<typeof listCellRecords>) {
    return ask();
  }
}
