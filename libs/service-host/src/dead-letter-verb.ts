import type { DeadLetters } from '@shidang/persistence';

const usage = 'usage: dlq list | dlq replay <id>… | dlq drop <id>…';

/** What became of one message set aside. */
export interface LetterOutcome {
  id: string;
  done: boolean;
  error?: string;
}

async function each(ids: readonly string[], act: (id: string) => Promise<unknown>): Promise<LetterOutcome[]> {
  const outcomes: LetterOutcome[] = [];
  for (const id of ids) {
    const error = await act(id).then(
      () => undefined,
      (failure: Error) => failure.message,
    );
    outcomes.push({ id, done: error === undefined, error });
  }
  return outcomes;
}

/** One that fails does not hold the others: exit code 1 then, 0 when all went well. One alone throws what its handler throws. */
export async function deadLetterVerb(letters: DeadLetters, [verb = 'list', ...ids]: string[]): Promise<unknown> {
  if (verb === 'list') return letters.list();
  const [id] = ids;
  if ((verb !== 'replay' && verb !== 'drop') || id === undefined) throw new Error(usage);
  if (ids.length === 1) return letters[verb](id);
  const outcomes = await each(ids, (one) => letters[verb](one));
  if (outcomes.some(({ done }) => !done)) process.exitCode = 1;
  return outcomes;
}
