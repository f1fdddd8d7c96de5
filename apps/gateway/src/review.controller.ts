import {
  createReviewBatch,
  decideCase,
  listCases,
  readCase,
  readReceipt,
  readReviewBatch,
  releaseReviewBatch,
  sendUpward,
  undoReviewBatch,
  withdrawCase,
} from '@shidang/contracts';
import { Controller, Get, Post } from '@nestjs/common';
import { Serves, type Ask } from './serve/serves';

@Controller()
export class ReviewController {
  @Get('review-cases')
  @Serves(listCases)
  list(ask: Ask<typeof listCases>) {
    return ask();
  }

  @Get('review-cases/:caseId')
  @Serves(readCase)
  read(ask: Ask<typeof readCase>) {
    return ask();
  }

  @Post('review-cases/:caseId/decision')
  @Serves(decideCase)
  decide(ask: Ask<typeof decideCase>) {
    return ask();
  }

  @Post('review-cases/:caseId/withdrawal')
  @Serves(withdrawCase)
  withdraw(ask: Ask<typeof withdrawCase>) {
    return ask();
  }

  @Post('submissions')
  @Serves(sendUpward, { created: ({ receipt }) => `/submissions/${receipt}` })
  sendUpward(ask: Ask<typeof sendUpward>) {
    return ask();
  }

  @Get('submissions/:receipt')
  @Serves(readReceipt)
  receipt(ask: Ask<typeof readReceipt>) {
    return ask();
  }

  @Post('review-batches')
  @Serves(createReviewBatch, { created: ({ id }) => `/review-batches/${id}` })
  createBatch(ask: Ask<typeof createReviewBatch>) {
    return ask();
  }

  @Get('review-batches/:batchId')
  @Serves(readReviewBatch)
  readBatch(ask: Ask<typeof readReviewBatch>) {
    return ask();
  }

  @Post('review-batches/:batchId/undo')
  @Serves(undoReviewBatch)
  undoBatch(ask: Ask<typeof undoReviewBatch>) {
    return ask();
  }

  @Post('review-batches/:batchId/release')
  @Serves(releaseReviewBatch)
  releaseBatch(ask: Ask<typeof releaseReviewBatch>) {
    return ask();
  }
}
