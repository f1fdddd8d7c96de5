import { deflateRawSync } from 'node:zlib';
import type { Canary } from '../canary/canary';
import type { Answer } from '../door/ask';
import { leaks, sameness } from './leaks';

const canary: Canary = { word: '龘靐齉巷七号', place: 'contact.address', kind: 'sealed' };
const asked = { method: 'GET', path: '/api/v1/teachers?q=x', says: 'planted' };
const answer = (body: Buffer | string, headers: Answer['headers'] = {}): Answer => {
  const bytes = Buffer.from(body);
  return { status: 200, headers, text: bytes.toString(), bytes };
};
const zip = (content: string): Buffer => {
  const data = deflateRawSync(Buffer.from(content));
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(8, 8);
  head.writeUInt16LE(1, 26);
  return Buffer.concat([head, Buffer.from('x'), data]);
};
const { word } = canary;
const escaped = [...word].map((unit) => `\\u${unit.charCodeAt(0).toString(16)}`).join('');

it.each([
  ['a body', answer(`{"address":"${word}"}`)],
  ['a body of escapes', answer(`{"address":"${escaped}"}`)],
  ['a header', answer('', { 'content-disposition': `filename*=UTF-8''${encodeURIComponent(word)}` })],
  ['base64, wherever it begins', answer(Buffer.from(`{"a":"${word}"}`).toString('base64'))],
  ['hex', answer(Buffer.from(word).toString('hex'))],
  ['UTF-16', answer(Buffer.from(`x${word}y`, 'utf16le'))],
  ['a part of a workbook', answer(zip(`<c><t>${word}</t></c>`))],
])('a canary in %s is seen', (_, told) => {
  expect(leaks(asked, told, [canary])).toHaveLength(1);
});

it('what was asked with the word itself, and answers without it, tell nothing', () => {
  expect(leaks({ ...asked, path: `/api/v1/teachers?q=${encodeURIComponent(word)}` }, answer(word), [canary])).toEqual(
    [],
  );
  expect(leaks(asked, answer('{"items":[]}'), [canary])).toEqual([]);
});

it('a count, a version or a next page that differs between two words is a difference', () => {
  const none = answer('{"items":[],"total":0}');
  const traced = (id: string) => answer(`{"items":[],"total":0,"traceId":"${id}"}`);
  expect(sameness(traced('1'), 'x')).toBe(sameness(traced('2'), 'y'));
  expect(sameness(answer('{"items":[],"total":1}'), 'x')).not.toBe(sameness(none, 'y'));
  expect(sameness(answer('{"items":[],"total":0}', { etag: '"1"' }), 'x')).not.toBe(sameness(none, 'y'));
});
