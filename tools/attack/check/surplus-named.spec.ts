import { surplusNamed } from './surplus-named';

const planting = (pointer: string, ...surplus: string[]) => ({ place: { pointer, known: ['name'] }, at: {}, surplus });
const refusing = (...pointers: string[]) => ({
  code: 'request.malformed',
  errors: pointers.map((pointer) => ({ pointer, code: 'request.unknown_property' })),
});

it('all named: nothing is left', () => {
  expect(surplusNamed(planting('', 'orgPath', 'status'), 400, refusing('/orgPath', '/status'))).toEqual([]);
  expect(surplusNamed(planting('/document', 'orgPath'), 400, refusing('/document/orgPath'))).toEqual([]);
});

it.each([
  ['one that is not named', 400, refusing('/orgPath'), ['status']],
  ['one named elsewhere', 400, refusing('/orgPath', '/document/status'), ['status']],
  ['an answer that took it', 201, {}, ['orgPath', 'status']],
  ['a refusal for another reason', 422, refusing('/orgPath', '/status'), ['orgPath', 'status']],
  [
    'one named for its value',
    400,
    { errors: [{ pointer: '/orgPath', code: 'request.isUuid' }] },
    ['orgPath', 'status'],
  ],
])('%s is seen', (_, status, body, left) => {
  expect(surplusNamed(planting('', 'orgPath', 'status'), status, body)).toEqual(left);
});
