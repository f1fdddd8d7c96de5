import { caseStages, changeStates, correctionStates } from '@shidang/contracts';
import { statusWords, toneOf } from '../status/case-status';
import { correctionStatus } from './correction-status';

describe('what became of a request to correct', () => {
  it('has a word and a tone, whatever became of it', () => {
    const all = correctionStates.flatMap((state) =>
      [undefined, ...changeStates].flatMap((changeState) =>
        [undefined, ...caseStages].map((changeStage) => correctionStatus({ state, changeState, changeStage } as never)),
      ),
    );
    const known: readonly string[] = statusWords.keys;
    expect(all.filter((status) => !known.includes(status) || !(status in toneOf))).toEqual([]);
  });

  it('is the school’s to answer, then the change’s, and in the end made or not', () => {
    expect(correctionStatus({ state: 'open' })).toBe('correction-open');
    expect(correctionStatus({ state: 'declined' })).toBe('correction-declined');
    expect(correctionStatus({ state: 'applied', changeState: 'open' })).toBe('school-review');
    expect(correctionStatus({ state: 'applied', changeState: 'open', changeStage: 'authority-review' })).toBe(
      'authority-review',
    );
    expect(correctionStatus({ state: 'applied', changeState: 'approved', changeStage: 'approved' })).toBe(
      'correction-made',
    );
  });
});
