import type { Canary } from '../canary/canary';
import type { Rest } from '../canary/places';
import { atRest } from './at-rest';

const sealed: Canary = { word: '龘靐齉巷七号', place: 'contact.address', kind: 'sealed' };
const personal: Canary = { word: '麤灪饢', place: 'name', kind: 'personal' };
const secret: Canary = { word: 'Qinghe#8264-secret', place: 'password', kind: 'secret' };
const everywhere: Rest[] = ['tables', 'data files', 'WAL', 'streams', 'logs', 'temporary files'];
const found = (rest: Rest, word: string) =>
  atRest({ rest, name: 'planted', bytes: Buffer.from(`…${word}…`) }, [sealed, personal, secret]).length;

it.each(everywhere)('what is sealed or opens something is seen in %s', (rest) => {
  expect([found(rest, sealed.word), found(rest, secret.word)]).toEqual([1, 1]);
});

it('a name may lie in tables and beneath them, and nowhere else', () => {
  expect(everywhere.map((rest) => found(rest, personal.word))).toEqual([0, 0, 0, 1, 1, 1]);
});

it('other words are nobody’s', () => {
  for (const rest of everywhere) expect(found(rest, '瓯江小学')).toBe(0);
});
