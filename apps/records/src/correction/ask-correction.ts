import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { AskCorrection, askCorrection, correctionMoved, CorrectionView, recordsRefusals } from '@shidang/contracts';
import { audited, newId, tell, Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { targetOf, type ChangeTarget } from '../change/change-target';
import { wantedValue } from '../change/wanted-value';
import { lockedRecord } from '../teacher/record-state';
import { actorOf } from '../value/actor';
import { selectCorrections, toCorrectionView, type CorrectionRow } from './correction-view';

@Controller()
export class AskCorrectionHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** 工作方案 五(五): nothing changes by it; the school applies for the change, or says why not. */
  @Handles(askCorrection)
  ask(command: AskCorrection, caller: Caller): Promise<CorrectionView> {
    return this.work.as(caller, async (em, sql) => {
      const { head } = await lockedRecord(sql, command.teacherId);
      if (head.state.stage === 'left') throw recordsRefusals.hasLeft({});
      const target = await targetOf(sql, head, command);
      await refuseSecond(sql, target);
      const proposes = command.value !== undefined;
      const proposed = proposes ? wantedValue(this.vault, head, target, command.value) : null;
      const id = newId();
      const { entryId, section, indicator, before } = target;
      const schoolCode = await insertCorrection(sql, [
        ...[id, head.id, head.orgPath, entryId, section, indicator, asJson(before), proposes, asJson(proposed)],
        ...[command.reason, caller.accountId],
      ]);
      const fact = { orgPath: head.orgPath, actor: actorOf(caller), schoolCode, state: 'open' } as const;
      await tell(em, correctionMoved, { ...fact, correctionId: id, teacherId: head.id }, head.id);
      audited(em, {
        object: `teacher:${head.id}`,
        fields: [`${section}.${indicator}`],
        orgPath: head.orgPath,
        reason: command.reason,
        after: { correctionId: id, before, ...(proposes && { proposed }) },
      });
      const [row] = await sql<CorrectionRow>(`${selectCorrections} where c.id = $1`, [id], 'correction');
      return toCorrectionView(this.vault, row!);
    });
  }
}

/** The record is locked: nobody asks for the same value meanwhile. */
async function refuseSecond(sql: Sql, { entryId, indicator }: ChangeTarget): Promise<void> {
  const [open] = await sql<{ corrections: number; changes: number }>(
    `select (select count(*)::int from correction where entry_id = $1 and indicator = $2 and state = 'open') as corrections,
            (select count(*)::int from change_request where entry_id = $1 and indicator = $2 and state = 'open') as changes`,
    [entryId, indicator],
    'correction-open',
  );
  if (open!.corrections > 0) throw recordsRefusals.correctionOpen({ indicator });
  if (open!.changes > 0) throw recordsRefusals.changeOpen({ indicator });
}

const asJson = (value: unknown) => (value === null ? null : JSON.stringify(value));

async function insertCorrection(sql: Sql, params: readonly unknown[]): Promise<string> {
  const [row] = await sql<{ school_code: string }>(
    `insert into correction (id, teacher_id, org_path, entry_id, section, indicator, present_value, proposes, proposed_value, reason, asked_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning (select school_code from teacher where id = $2) as school_code`,
    [...params],
    'correction-insert',
  );
  return row!.school_code;
}
