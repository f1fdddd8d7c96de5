import {
  countAccounts,
  createAccount,
  endPost,
  grantPost,
  issueAccountBatch,
  issueSlip,
  issueSlips,
  listAccountCoverage,
  listAccounts,
  previewAccountBatch,
  readAccount,
  unlockAccount,
  updateAccount,
} from '@shidang/contracts';
import { Controller, Delete, Get, Patch, Post } from '@nestjs/common';
import { Serves, type Ask } from './serve/serves';

@Controller()
export class AccountsController {
  @Get('accounts')
  @Serves(listAccounts)
  list(ask: Ask<typeof listAccounts>) {
    return ask();
  }

  @Get('account-counts')
  @Serves(countAccounts)
  count(ask: Ask<typeof countAccounts>) {
    return ask();
  }

  @Get('account-coverage')
  @Serves(listAccountCoverage)
  coverage(ask: Ask<typeof listAccountCoverage>) {
    return ask();
  }

  @Post('accounts')
  @Serves(createAccount, { created: ({ accountId }) => `/accounts/${accountId}` })
  create(ask: Ask<typeof createAccount>) {
    return ask();
  }

  @Get('accounts/:accountId')
  @Serves(readAccount)
  read(ask: Ask<typeof readAccount>) {
    return ask();
  }

  @Patch('accounts/:accountId')
  @Serves(updateAccount)
  update(ask: Ask<typeof updateAccount>) {
    return ask();
  }

  @Post('accounts/:accountId/unlock')
  @Serves(unlockAccount)
  unlock(ask: Ask<typeof unlockAccount>) {
    return ask();
  }

  @Post('accounts/:accountId/activation-slips')
  @Serves(issueSlip, { created: ({ accountId }) => `/accounts/${accountId}` })
  issueSlip(ask: Ask<typeof issueSlip>) {
    return ask();
  }

  @Post('activation-slips')
  @Serves(issueSlips)
  issueSlips(ask: Ask<typeof issueSlips>) {
    return ask();
  }

  @Post('accounts/:accountId/posts')
  @Serves(grantPost, { created: ({ id }) => `/accounts/${id}` })
  grantPost(ask: Ask<typeof grantPost>) {
    return ask();
  }

  @Delete('accounts/:accountId/posts/:postId')
  @Serves(endPost)
  endPost(ask: Ask<typeof endPost>) {
    return ask();
  }

  @Post('account-batches/preview')
  @Serves(previewAccountBatch)
  previewBatch(ask: Ask<typeof previewAccountBatch>) {
    return ask();
  }

  @Post('account-batches')
  @Serves(issueAccountBatch)
  issueBatch(ask: Ask<typeof issueAccountBatch>) {
    return ask();
  }
}
