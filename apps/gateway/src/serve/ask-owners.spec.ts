import { commonRefusals } from '@shidang/contracts';
import { askOwners } from './ask-owners';

const has = (what: string) => () => Promise.resolve(what);
const refuses = (refusal: Error) => () => Promise.reject<string>(refusal);
const [notThere, away] = [commonRefusals.notFound({}), commonRefusals.unavailable({})];

describe('what one of several has', () => {
  it('is answered by who has it, whatever the others say', async () => {
    expect(await askOwners([refuses(notThere), has('the job'), refuses(away)])).toBe('the job');
  });

  it('is not there when all say so, in the words of each of them', async () => {
    await expect(askOwners([refuses(notThere), refuses(notThere)])).rejects.toBe(notThere);
  });

  it('is not known while one of them is away', async () => {
    await expect(askOwners([refuses(notThere), refuses(away)])).rejects.toBe(away);
  });
});
