import { standingOf } from './standing';

describe('where a record stands', () => {
  it('is with the school from the moment it is submitted', () => {
    expect(standingOf({ status: 'complete', inReview: true })).toBe('school-review');
  });

  it('is what the server says otherwise', () => {
    expect(standingOf({ status: 'complete', inReview: false })).toBe('complete');
    expect(standingOf({ status: 'authority-review', inReview: true })).toBe('authority-review');
    expect(standingOf({ status: 'effective', inReview: true })).toBe('effective');
  });
});
