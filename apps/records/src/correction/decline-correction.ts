import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { CorrectionView, DeclineCorrection, declineCorrection } from '@shidang/contracts';
import { audited, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { answerCorrection } from './answer-correction';
import { selectCorrections, toCorrectionView, type CorrectionRow } from './correction-view';

@Controller()
export class DeclineCorrectionHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** The value stays, and the teacher reads why. */
  @Handles(declineCorrection)
  decline({ correctionId, words }: DeclineCorrection, caller: Caller): Promise<CorrectionView> {
    return this.work.as(caller, async (em, sql) => {
      const answer = { id: correctionId, state: 'declined', words } as const;
      const { teacherId, orgPath, field } = await answerCorrection(em, sql, answer, caller);
      audited(em, {
        object: `teacher:${teacherId}`,
        fields: [field],
        orgPath,
        reason: words,
        after: { correctionId, state: 'declined' },
      });
      const [row] = await sql<CorrectionRow>(`${selectCorrections} where c.id = $1`, [correctionId], 'correction');
      return toCorrectionView(this.vault, row!);
    });
  }
}
