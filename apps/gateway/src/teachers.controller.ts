import {
  addEntry,
  confirmSection,
  downloadRecord,
  listTeachers,
  listViewers,
  patchEntry,
  readCompleteness,
  readHistory,
  readMarks,
  readSection,
  readTeacher,
  registerTeacher,
  registerTeachers,
  removeEntry,
  submitRecord,
  unmaskValue,
  withdrawTeacherCase,
} from '@shidang/contracts';
import { Controller, Delete, Get, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendFile, xlsx } from './files/send-file';
import { Serves, type Ask } from './serve/serves';
import { Renewal } from './session/renewal';

@Controller()
export class TeachersController {
  constructor(private readonly renewal: Renewal) {}

  @Post('teachers')
  @Serves(registerTeacher, { created: ({ teacher }) => `/teachers/${teacher.id}` })
  register(ask: Ask<typeof registerTeacher>) {
    return ask();
  }

  @Post('teacher-lists')
  @Serves(registerTeachers)
  registerList(ask: Ask<typeof registerTeachers>) {
    return ask();
  }

  @Get('teachers')
  @Serves(listTeachers)
  list(ask: Ask<typeof listTeachers>) {
    return ask();
  }

  @Get('teachers/:teacherId')
  @Serves(readTeacher)
  read(ask: Ask<typeof readTeacher>) {
    return ask();
  }

  @Get('teachers/:teacherId/record.xlsx')
  @Serves(downloadRecord, { fills: ['offset'], download: xlsx })
  download(
    ask: Ask<typeof downloadRecord>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return sendFile(reply, (offset) => this.renewal.renewed(request, () => ask({ offset })));
  }

  @Get('teachers/:teacherId/completeness')
  @Serves(readCompleteness)
  completeness(ask: Ask<typeof readCompleteness>) {
    return ask();
  }

  @Get('teachers/:teacherId/sections/:section')
  @Serves(readSection)
  section(ask: Ask<typeof readSection>) {
    return ask();
  }

  @Post('teachers/:teacherId/sections/:section/entries')
  @Serves(addEntry)
  addEntry(ask: Ask<typeof addEntry>) {
    return ask();
  }

  @Patch('teachers/:teacherId/sections/:section/entries/:entryId')
  @Serves(patchEntry)
  patchEntry(ask: Ask<typeof patchEntry>) {
    return ask();
  }

  @Delete('teachers/:teacherId/sections/:section/entries/:entryId')
  @Serves(removeEntry)
  removeEntry(ask: Ask<typeof removeEntry>) {
    return ask();
  }

  @Post('teachers/:teacherId/sections/:section/confirmation')
  @Serves(confirmSection)
  confirmSection(ask: Ask<typeof confirmSection>) {
    return ask();
  }

  @Post('teachers/:teacherId/submission')
  @Serves(submitRecord)
  submit(ask: Ask<typeof submitRecord>) {
    return ask();
  }

  @Get('teachers/:teacherId/history')
  @Serves(readHistory)
  history(ask: Ask<typeof readHistory>) {
    return ask();
  }

  @Post('teachers/:teacherId/unmaskings')
  @Serves(unmaskValue)
  unmask(ask: Ask<typeof unmaskValue>) {
    return ask();
  }

  @Get('teachers/:teacherId/viewers')
  @Serves(listViewers)
  viewers(ask: Ask<typeof listViewers>) {
    return ask();
  }

  @Post('teachers/:teacherId/withdrawal')
  @Serves(withdrawTeacherCase)
  withdraw(ask: Ask<typeof withdrawTeacherCase>) {
    return ask();
  }

  @Get('teachers/:teacherId/review-marks')
  @Serves(readMarks)
  marks(ask: Ask<typeof readMarks>) {
    return ask();
  }
}
