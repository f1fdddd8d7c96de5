import { Refusal } from '@shidang/contracts';
import { strictJson } from './strict-json';

const read = (text: string | Buffer) => strictJson(Buffer.from(text as string));

function whyRefused(text: string | Buffer): string | undefined {
  try {
    read(text);
  } catch (error) {
    if (error instanceof Refusal && error.body.kind === 'malformed') return error.body.errors?.[0]?.code;
    throw error;
  }
  return undefined;
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('a request body', () => {
  it('is read as JSON would be', () => {
    const text = '{"name":"欧阳·娜塔莎㛃𬭊","list":[1,-2.5e3,true,null,{"a":"\\"{[:\\\\"}],"":{}}';
    expect(read(text)).toEqual(JSON.parse(text));
  });

  it('is nothing when empty', () => expect(read('')).toBeUndefined());

  it.each([
    ['not JSON', 'request.not_json', '{"a":1,}'],
    ['a cut text', 'request.not_json', '{"a":"b'],
    ['a repeated key', 'request.duplicate_key', '{"a":1,"b":2,"a":3}'],
    ['a repeated key in disguise', 'request.duplicate_key', '{"a":1,"\\u0061":2}'],
    ['a repeated key deep inside', 'request.duplicate_key', '[{"x":{"k":"k","k" : 1}}]'],
    ['__proto__', 'request.forbidden_key', '{"__proto__":{"admin":true}}'],
    ['__proto__ in disguise', 'request.forbidden_key', '{"a":{"\\u005f_proto__":1}}'],
    ['constructor', 'request.forbidden_key', '{"constructor":{"prototype":{"admin":true}}}'],
    ['NUL', 'request.unsound_text', '{"a":"x\\u0000"}'],
    ['NUL in a key', 'request.unsound_text', '{"x\\u0000":1}'],
    ['a lone surrogate', 'request.unsound_text', '["\\ud83d"]'],
    ['depth 11', 'request.too_deep', nested(11)],
    ['depth 10,000', 'request.too_deep', nested(10_000)],
    ['depth without an end', 'request.too_deep', '{"a":'.repeat(200_000)],
    ['GBK', 'request.not_utf8', Buffer.from([0x22, 0xc0, 0xee, 0x22])],
    ['half a character in UTF-8', 'request.not_utf8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ])('refuses %s', (_, code, text) => expect(whyRefused(text)).toBe(code));

  it.each([
    ['{"a":1,"a":2}', '/a'],
    ['{"teachers":[{"n":1},{"n":"x,y"},{"values":{"b":1,"c":[1,2],"b":2}}]}', '/teachers/2/values/b'],
    ['[[0,1],[2,{"a/b":{"~":1,"~":2}}]]', '/1/1/a~1b/~0'],
    ['{"a":[{"b":1},{"__proto__":1}]}', '/a/1/__proto__'],
    ['{"a":{"b":[1,"\\ud83d"]}}', '/a/b/1'],
  ])('says where in %s it is', (text, pointer) => {
    const seen = () => {
      try {
        return read(text);
      } catch (error) {
        return (error as Refusal).body.errors?.[0]?.pointer;
      }
    };
    expect(seen()).toBe(pointer);
  });

  it('takes depth 10', () => expect(read(nested(10))).toBeDefined());
  it('takes the same key in different objects', () => {
    expect(read('[{"a":1},{"a":{"a":2}}]')).toEqual([{ a: 1 }, { a: { a: 2 } }]);
  });
  it('takes a pair of surrogates', () => expect(read('"\\ud83d\\ude00"')).toBe('😀'));

  it('takes 1 MB of quotes and escapes in linear time', () => {
    const before = performance.now();
    read(JSON.stringify({ text: '"\\'.repeat(250_000) }));
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
