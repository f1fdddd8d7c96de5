import { waitingFor } from './waiting-for';

describe('what waits for a review', () => {
  it('is at a school what is not reviewed yet: not what was reviewed and waits to be sent upward', () =>
    expect(waitingFor('school')).toEqual({ turn: 'mine', state: 'school-review' }));

  it.each(['county', 'city'])('is at a %s what came up to it', (tier) =>
    expect(waitingFor(tier)).toEqual({ turn: 'mine', state: 'authority-review' }),
  );
});
