import { lossesIn, type Written } from './journal';

const wrote = (mark: string, outcome: Written['outcome'] = 'ok', entryId = 'e'): Written => ({
  entryId,
  mark,
  outcome,
});
const stands = (mark: string) => new Map([['e', mark]]);
const why = (journal: Written[], found: string) =>
  lossesIn(journal, stands('old'), stands(found)).map((loss) => loss.why);

describe('the journal of an overload', () => {
  it('is content when the last accepted write stands', () => {
    expect(why([wrote('1'), wrote('2'), wrote('3', 'refused')], '2')).toEqual([]);
  });

  it('allows an unknown write after the last accepted one, and none before it', () => {
    const journal = [wrote('1', 'unknown'), wrote('2'), wrote('3', 'unknown')];
    expect([why(journal, '2'), why(journal, '3'), why(journal, '1')]).toEqual([[], [], ['accepted write lost']]);
  });

  it('finds a write that was accepted and is gone (planted)', () => {
    expect(why([wrote('1'), wrote('2')], '1')).toEqual(['accepted write lost']);
    expect(why([wrote('1')], 'old')).toEqual(['accepted write lost']);
  });

  it('finds a write that was refused and applied all the same (planted)', () => {
    expect(why([wrote('1'), wrote('2', 'refused')], '2')).toEqual(['refused write applied']);
  });

  it('finds a value nobody sent (planted)', () => {
    expect(why([wrote('1')], 'somebody else')).toEqual(['never sent']);
  });
});
