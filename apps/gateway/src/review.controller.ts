import {
  createReviewBatch,
  decideCase,
  groupCases,
  listBatchItems,
  listCases,
  listReceipts,
  listReviewBatches,
  readCase,
  readReceipt,
  readReviewBatch,
  releaseReviewBatch,
  selectCases,
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

  @Get('review-cases/groups')
  @Serves(groupCases)
  groups(ask: Ask<typeof groupCases>) {
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

  @Get('submissions')
  @Serves(listReceipts)
  receipts(ask: Ask<typeof listReceipts>) {
    return ask();
  }

  @Get('submissions/:receipt')
  @Serves(readReceipt)
  receipt(ask: Ask<typeof readReceipt>) {
    return ask();
  }

  @Post('selections')
  @Serves(selectCases)
  select(ask: Ask<typeof selectCases>) {
    return ask();
  }

  @Get('review-batches')
  @Serves(listReviewBatches)
  batches(ask: Ask<typeof listReviewBatches>) {
    return ask();
  }

  @Get('review-batches/:batchId/items')
  @Serves(listBatchItems)
  items(ask: Ask<typeof listBatchItems>) {
    return ask();
  }

  @Post('review-batches')
  @Serves(createReviewBatch, { accepted: ({ id }) => `/jobs/${id}` })
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
