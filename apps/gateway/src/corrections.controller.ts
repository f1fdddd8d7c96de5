import { askCorrection, declineCorrection, listCorrections } from '@shidang/contracts';
import { Controller, Get, Post } from '@nestjs/common';
import { Serves, type Ask } from './serve/serves';

@Controller('corrections')
export class CorrectionsController {
  @Post()
  @Serves(askCorrection, { created: () => '/corrections' })
  ask(ask: Ask<typeof askCorrection>) {
    return ask();
  }

  @Get()
  @Serves(listCorrections)
  list(ask: Ask<typeof listCorrections>) {
    return ask();
  }

  @Post(':correctionId/decline')
  @Serves(declineCorrection)
  decline(ask: Ask<typeof declineCorrection>) {
    return ask();
  }
}
