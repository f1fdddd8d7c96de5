import { recognise } from './recognise';
import { onStranger, proofOfSeat, seated, sitDown, standUp } from './seat';
import { sessionGate } from './session-gate';

const cookie = (value: string) => Object.assign(globalThis, { document: { cookie: `other=1; shidang_csrf=${value}` } });
const me = (account: string, post: string) => async () => ({ account: { id: account }, post: { id: post } }) as never;

beforeEach(() => {
  cookie('first');
  sitDown('me', 'post');
  cookie('second');
});
afterEach(() => {
  standUp();
  Reflect.deleteProperty(globalThis, 'document');
});

describe('a session another tab has begun', () => {
  it('proves nothing here until it is known whose it is', () => expect(proofOfSeat()).toBe('first'));

  it('goes on here when it is of the same account and post', async () => {
    expect(await recognise(me('me', 'post'))).toBe(true);
    expect(proofOfSeat()).toBe('second');
  });

  it.each([
    ['another account', me('another', 'post')],
    ['another post', me('me', 'other')],
  ])('leaves the seat when it is of %s', async (_, ask) => {
    const strangers = jest.fn();
    const stop = onStranger(strangers);
    expect(await recognise(ask)).toBe(false);
    expect([seated(), strangers.mock.calls.length]).toEqual([undefined, 1]);
    stop();
  });

  it('waits for the dialog of this tab, which may take up a post yet', async () => {
    void sessionGate.open();
    const recognised = recognise(me('me', 'default post'));
    sitDown('me', 'post');
    sessionGate.pass();
    expect(await recognised).toBe(true);
    expect(proofOfSeat()).toBe('second');
  });
});
