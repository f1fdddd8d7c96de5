import { recordStates, wasSubmitted } from '../world/pace';
import { pathTo } from './review-path';

test('what was submitted has a case that stands where the record does', () => {
  for (const state of recordStates) {
    const stages = pathTo(state, false).map((move) => move.stage);
    expect(stages.at(-1)).toBe(wasSubmitted(state) ? (state === 'effective' ? 'approved' : state) : undefined);
  }
});

test('without the school step a case begins at the authority', () => {
  expect(pathTo('effective', true).map((move) => move.stage)).toEqual(['authority-review', 'approved']);
  expect(pathTo('authority-review', true).map((move) => move.by)).toEqual(['submitter']);
});
