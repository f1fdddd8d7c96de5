import { Refusal } from '@shidang/contracts';

const isNotThere = (reason: unknown): boolean => reason instanceof Refusal && reason.body.kind === 'not_found';

/**
 * Asks everybody who may have it, at once: the one who has it answers. It is not there when all have said so; while one of them cannot say, his reason
 * counts, since nobody knows. What is foreign and what does not exist come out of this alike.
 */
export async function askOwners<R>(owners: readonly (() => Promise<R>)[]): Promise<R> {
  try {
    return await Promise.any(owners.map((ask) => ask()));
  } catch (error) {
    const { errors } = error as AggregateError;
    throw errors.find((reason) => !isNotThere(reason)) ?? errors[0];
  }
}
