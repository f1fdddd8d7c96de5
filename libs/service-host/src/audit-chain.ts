import { Handles } from '@shidang/bus';
import {
  auditChains,
  headKeepers,
  KeepAuditHeads,
  keepAuditHeads,
  ListAuditHeads,
  listAuditHeads,
  serviceNames,
  type AuditChain,
  type AuditHeadList,
  type AuditHeadsKept,
  type ServiceName,
} from '@shidang/contracts';
import { lastHead, queueOf, waitedSeconds, Work } from '@shidang/persistence';
import { Controller, type Type } from '@nestjs/common';
import { keepHeads, keptHeads } from './kept-heads';
import { lastCheck } from './last-check';

/** The same handlers in every service: how its own chain stands, and the heads it keeps for another (T2). */
export function auditChainOf(service: ServiceName): Type {
  const kept = serviceNames.find((other) => headKeepers[other] === service)!;

  @Controller()
  class AuditChainHandlers {
    constructor(private readonly work: Work) {}

    @Handles(auditChains[service])
    read(): Promise<AuditChain> {
      return this.work.beyond('audit-chain', async (_, sql) => {
        const check = await lastCheck(sql);
        const head = await lastHead(sql);
        const queue = await queueOf(sql);
        return {
          service,
          state: check?.state ?? 'unchecked',
          unsealed: queue.length,
          unsealedSeconds: Math.round(waitedSeconds(queue) * 10) / 10,
          head: head && { ...head, first: head.first ?? undefined },
          keeper: headKeepers[service],
          check: check && {
            at: check.at.toISOString(),
            from: check.from_sequence,
            to: check.to_sequence,
            rows: check.rows,
            firstFlaw: check.bad ?? undefined,
          },
        };
      });
    }

    @Handles(keepAuditHeads[kept])
    keep(told: KeepAuditHeads): Promise<AuditHeadsKept> {
      return this.work.beyond('audit-chain', (_, sql) => keepHeads(sql, kept, told));
    }

    @Handles(listAuditHeads[kept])
    list(asked: ListAuditHeads): Promise<AuditHeadList> {
      return this.work.beyond('audit-chain', (_, sql) => keptHeads(sql, kept, asked));
    }
  }
  return AuditChainHandlers;
}
