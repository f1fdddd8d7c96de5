import { internals, requests } from '@shidang/contracts';
import { actionNames } from './action-words';
import { actionSaid, saidOfItself } from './said';

describe('who did it, where there was no caller', () => {
  const event = { action: 'identity.session.create', result: 'done', objectLabel: 'sys@331102' };

  it('is whose account it is when he logged in', () => {
    expect(saidOfItself(event)).toBe('sys@331102');
  });

  it('is nobody known when he was refused, or had it done to him', () => {
    expect(saidOfItself({ ...event, result: 'identity.credentials_wrong' })).toBeUndefined();
    expect(saidOfItself({ ...event, action: 'identity.account.unlock' })).toBeUndefined();
  });
});

describe('the words of the audit', () => {
  it('say every contract a trail may name', () => {
    const names = requests.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name) => actionSaid(name) === undefined)).toEqual([]);
  });

  it('say what one service has another do', () => {
    const names = internals.filter(({ effect }) => effect === 'write').map(({ name }) => name);
    expect(names.filter((name) => actionSaid(name) === undefined)).toEqual([]);
  });

  it('are no contract’s that does not exist any more', () => {
    const names = [...requests, ...internals].map(({ name }) => name);
    expect(actionNames.keys.filter((key) => !names.includes(key))).toEqual([]);
  });
});
