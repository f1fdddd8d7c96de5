import { endedWell, type Sent } from './ended-well';

const documented = new Set(['records.too_many_cells']);
const sent: Sent = { what: 'planted', status: 202, detail: '', state: 'checked' };
const found = (changes: Partial<Sent>) => endedWell({ ...sent, ...changes }, documented).length;

it('read to an end, failed with a word, or refused in Chinese: nothing to say', () => {
  expect(found({})).toBe(0);
  expect(found({ state: 'failed', failure: 'records.too_many_cells' })).toBe(0);
  expect(found({ status: 415, state: undefined, detail: '不是工作簿' })).toBe(0);
});

it.each<[string, Partial<Sent>]>([
  ['an import that is stuck', { state: 'stuck' }],
  ['one that is nowhere', { state: undefined }],
  ['one that failed for nothing', { state: 'failed' }],
  ['one that failed for an invented reason', { state: 'failed', failure: 'records.invented' }],
  ['a fault', { status: 500, state: undefined, detail: '系统故障' }],
  ['a refusal without words', { status: 422, state: undefined, detail: 'bad file' }],
])('%s is seen', (_, changes) => expect(found(changes)).toBe(1));
