import { internals, requests } from '@shidang/contracts';
import { actionNames } from './action-words';
import { actionSaid } from './said';

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
