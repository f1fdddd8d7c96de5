import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validate, version } from 'uuid';
import { idOfTry, lowestIdAt } from './new-id';
import { withRequest, type RequestContext } from './request-context';
import { createKeyFile, FileKeyProvider, Vault } from './vault';

const directory = mkdtempSync(join(tmpdir(), 'keys-'));
afterAll(() => rmSync(directory, { recursive: true }));
const path = join(directory, 'keys.json');
createKeyFile(path);
const vault = new Vault(new FileKeyProvider(path));

const request: RequestContext = {
  contract: 'records.teacher.register',
  effect: 'write',
  replay: 'answer',
  idempotencyKey: 'k1',
  body: '{}',
  traceparent: '',
};
const idOf = (given: Partial<RequestContext> = {}, nth?: number) =>
  withRequest({ ...request, ...given }, () => idOfTry(vault, nth));

it('two tries of one write make one id', () => {
  expect(idOf()).toBe(idOf());
  expect([validate(idOf()), version(idOf())]).toEqual([true, 8]);
});

it('another key, contract, body or place in the list makes another', () => {
  const others = [idOf({ idempotencyKey: 'k2' }), idOf({ contract: 'x' }), idOf({ body: '{"a":1}' }), idOf({}, 1)];
  expect(new Set([idOf(), ...others]).size).toBe(5);
});

it('the body is read once for all that one write makes', () => {
  const hashed = jest.spyOn(vault, 'contentHash');
  const body = 'x'.repeat(1_000);
  withRequest({ ...request, body }, () => Array.from({ length: 50 }, (_, nth) => idOfTry(vault, nth)));
  expect(hashed.mock.calls.filter(([content]) => content.includes(body))).toHaveLength(1);
  hashed.mockRestore();
});

it('without a key every try is a new thing', () => {
  const keyless = () => idOf({ idempotencyKey: undefined });
  expect(keyless()).not.toBe(keyless());
  expect(version(keyless())).toBe(7);
});

it.each(['0370-11-21T00:20:33.995Z', '1969-12-31T23:59:59.991Z', '+275760-09-13T00:00:00Z'])(
  'the smallest id of %s is an id',
  (moment) => {
    expect(lowestIdAt(Date.parse(moment))).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-0000-0000-0{12}$/);
  },
);
