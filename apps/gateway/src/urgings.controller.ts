import {
  acknowledgeUrging,
  answerUrging,
  listUrgingReceipts,
  listUrgings,
  previewUrging,
  readUrging,
  sendUrging,
} from '@shidang/contracts';
import { Controller, Get, Post } from '@nestjs/common';
import { Serves, type Ask } from './serve/serves';

@Controller('urgings')
export class UrgingsController {
  @Post('preview')
  @Serves(previewUrging)
  preview(ask: Ask<typeof previewUrging>) {
    return ask();
  }

  @Post()
  @Serves(sendUrging, { created: ({ id }) => `/urgings/${id}` })
  send(ask: Ask<typeof sendUrging>) {
    return ask();
  }

  @Get()
  @Serves(listUrgings)
  list(ask: Ask<typeof listUrgings>) {
    return ask();
  }

  @Get(':urgingId')
  @Serves(readUrging)
  read(ask: Ask<typeof readUrging>) {
    return ask();
  }

  @Get(':urgingId/receipts')
  @Serves(listUrgingReceipts)
  receipts(ask: Ask<typeof listUrgingReceipts>) {
    return ask();
  }

  @Post(':urgingId/receipt')
  @Serves(acknowledgeUrging)
  acknowledge(ask: Ask<typeof acknowledgeUrging>) {
    return ask();
  }

  @Post(':urgingId/reply')
  @Serves(answerUrging)
  answer(ask: Ask<typeof answerUrging>) {
    return ask();
  }
}
