import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { Done, EndSession, endSession } from '@shidang/contracts';
import { audited, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { tokenHash } from './token';

@Controller()
export class EndSessionHandler {
  constructor(private readonly work: Work) {}

  @Handles(endSession)
  end(command: EndSession, caller: Caller): Promise<Done> {
    return this.work.as(caller, async (em, sql) => {
      await sql(`update session set ended_at = now() where token_hash = $1 and account_id = $2 and ended_at is null`, [
        tokenHash(command.token),
        caller.accountId,
      ]);
      audited(em, { object: `account:${caller.accountId}` });
      return { done: true };
    });
  }
}
