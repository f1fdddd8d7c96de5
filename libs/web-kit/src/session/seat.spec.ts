import { proofOfSeat, seated, sitDown, standUp } from './seat';
import { sessionGate } from './session-gate';

afterEach(() => standUp());

describe('who sits at a tab', () => {
  it('leaves those unanswered who wait for somebody who has gone', async () => {
    sitDown('me', 'post');
    const waiting = sessionGate.open();
    sitDown('another', 'post');
    await expect(waiting).rejects.toThrow('refused');
    expect(seated()).toBe('another/post');
  });

  it('is nobody after a log-out', () => {
    sitDown('me', 'post');
    standUp();
    expect(seated()).toBeUndefined();
  });

  it('is who it was where another post could not be taken up, unless somebody has sat down meanwhile', () => {
    sitDown('me', 'post', 'proof');
    standUp()();
    expect([seated(), proofOfSeat()]).toEqual(['me/post', 'proof']);
    const sitBack = standUp();
    sitDown('another', 'post', 'theirs');
    sitBack();
    expect([seated(), proofOfSeat()]).toEqual(['another/post', 'theirs']);
  });
});
