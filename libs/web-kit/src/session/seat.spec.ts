import { seated, seatProof, sitDown, sitOn, standUp } from './seat';
import { sessionGate } from './session-gate';

afterEach(() => standUp());

describe('who sits at a tab', () => {
  it('keeps the proof of its own session, whatever the browser’s cookie has become', () => {
    sitDown('me', 'post', 'mine');
    expect([seated(), seatProof()]).toEqual(['me/post', 'mine']);
    sitOn('mine again');
    expect([seated(), seatProof()]).toEqual(['me/post', 'mine again']);
  });

  it('leaves those unanswered who wait for somebody who has gone', async () => {
    sitDown('me', 'post', 'mine');
    const waiting = sessionGate.open();
    sitDown('another', 'post', 'theirs');
    await expect(waiting).rejects.toThrow('refused');
    expect(seated()).toBe('another/post');
  });

  it('is nobody after a log-out, and nobody is made of a proof alone', () => {
    sitDown('me', 'post', 'mine');
    standUp();
    sitOn('late');
    expect([seated(), seatProof()]).toEqual([undefined, undefined]);
  });
});
