import { faultWords, type BusClient } from '@shidang/bus';
import { confirmPersons, Refusal, releasePerson } from '@shidang/contracts';
import { Logger } from '@nestjs/common';

const logger = new Logger('person-claim');

const saying = (step: string, teacherId: string) => (error: unknown) =>
  logger.warn({ [step]: teacherId, fault: faultWords(error).words });

/**
 * The registration is committed: its claims must not lapse. Nobody waits for it, and a registry that is away is no
 * reason to refuse what is done: identity confirms on `records.teacher-registered` too, and records asks again when the
 * record takes effect.
 */
export function confirmClaims(bus: BusClient, teacherIds: readonly string[]): void {
  if (teacherIds.length === 0) return;
  void bus.ask(confirmPersons, { teacherIds: [...teacherIds] }).then(
    ({ confirmed }) => {
      const kept = new Set(confirmed);
      for (const claimLost of teacherIds) if (!kept.has(claimLost)) logger.warn({ claimLost });
    },
    saying('claimsNotConfirmed', teacherIds.join(' ')),
  );
}

/**
 * Gives the claims back when the write was refused. After any other error nobody knows whether it committed: the claims
 * stay, and lapse by themselves when it did not.
 */
export async function releaseWhenRefused<T>(
  bus: BusClient,
  teacherIds: readonly string[],
  writing: Promise<T>,
): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    if (error instanceof Refusal) {
      const releases = teacherIds.map((teacherId) =>
        bus.ask(releasePerson, { teacherId }).catch(saying('claimNotReleased', teacherId)),
      );
      await Promise.all(releases);
    }
    throw error;
  }
}
