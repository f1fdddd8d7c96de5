import fc from 'fast-check';
import type { Api, Schema } from './operations';

const texts: Readonly<Record<string, fc.Arbitrary<string>>> = {
  uuid: fc.uuid({ version: 7 }),
  'date-time': fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  date: fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
};

function text({ format, pattern, minLength = 0, maxLength }: Schema): fc.Arbitrary<string> {
  if (pattern) return fc.stringMatching(new RegExp(pattern, 'u'));
  const known = texts[format ?? ''];
  if (known) return known;
  const most = Math.max(minLength, Math.min(maxLength ?? 20, minLength + 20));
  return fc.string({ unit: 'grapheme', minLength, maxLength: most });
}

function object(
  api: Pick<Api, 'resolved'>,
  { properties = {}, required = [] }: Schema,
  depth: number,
): fc.Arbitrary<unknown> {
  const model = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, valueOf(api, schema, depth + 1)]),
  );
  return fc.record(model, { requiredKeys: required.filter((name) => name in model), noNullPrototype: true });
}

/** Refused wherever they stand: a body that has one says nothing about the rest of it. */
const forbiddenKey = /"(__proto__|constructor)":/;

/** Values that the schema allows: what a careful stranger would send. Nested at most six deep. */
export function valueOf(api: Pick<Api, 'resolved'>, given: Schema, depth = 0): fc.Arbitrary<unknown> {
  const schema = api.resolved(given);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (depth > 6) return fc.constant(null);
  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? -10, max: schema.maximum ?? 1_000 });
    case 'boolean':
      return fc.boolean();
    case 'array': {
      const { minItems = 0, maxItems = 3, items = {} } = schema;
      return fc.array(valueOf(api, items, depth + 1), {
        minLength: minItems,
        maxLength: Math.min(maxItems, minItems + 3),
      });
    }
    case 'object':
      if (schema.properties) return object(api, schema, depth);
      return fc.dictionary(fc.constantFrom('year', 'result', 'employer', 'mobile', 'x'), fc.string({ maxLength: 10 }));
    default:
      return fc.jsonValue({ maxDepth: 2 }).filter((value) => !forbiddenKey.test(JSON.stringify(value)));
  }
}
