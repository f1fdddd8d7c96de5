import {
  confirmHeadCount,
  declareHeadCount,
  listHeadCounts,
  listProgressChildren,
  listProgressCounts,
  listProgressTeachers,
  readCampaign,
  readHeadCount,
  readProgress,
  setCampaign,
} from '@shidang/contracts';
import { Controller, Get, Post, Put } from '@nestjs/common';
import { Serves, type Ask } from './serve/serves';

@Controller()
export class ProgressController {
  @Get('organisations/:code/head-count')
  @Serves(readHeadCount)
  headCount(ask: Ask<typeof readHeadCount>) {
    return ask();
  }

  @Put('organisations/:code/head-count')
  @Serves(declareHeadCount)
  declareHeadCount(ask: Ask<typeof declareHeadCount>) {
    return ask();
  }

  @Post('organisations/:code/head-count/confirmation')
  @Serves(confirmHeadCount)
  confirmHeadCount(ask: Ask<typeof confirmHeadCount>) {
    return ask();
  }

  @Get('head-counts')
  @Serves(listHeadCounts)
  headCounts(ask: Ask<typeof listHeadCounts>) {
    return ask();
  }

  @Get('progress/:code')
  @Serves(readProgress)
  read(ask: Ask<typeof readProgress>) {
    return ask();
  }

  @Get('progress/:code/children')
  @Serves(listProgressChildren)
  children(ask: Ask<typeof listProgressChildren>) {
    return ask();
  }

  @Get('progress/:code/counts')
  @Serves(listProgressCounts)
  counts(ask: Ask<typeof listProgressCounts>) {
    return ask();
  }

  @Get('progress/:code/teachers')
  @Serves(listProgressTeachers)
  teachers(ask: Ask<typeof listProgressTeachers>) {
    return ask();
  }

  @Get('campaigns')
  @Serves(readCampaign)
  campaign(ask: Ask<typeof readCampaign>) {
    return ask();
  }

  @Put('campaigns')
  @Serves(setCampaign)
  setCampaign(ask: Ask<typeof setCampaign>) {
    return ask();
  }
}
