import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import fc from 'fast-check';
import type { PayloadClass } from './contract';
import { contracts } from './registry';
import { reachableFrom, shapeOf, type PropertyShape, type Rule } from './payload-shape.testing';

/** As libs/bus does for every message. */
function validate(payload: PayloadClass<object>, plain: unknown): ValidationError[] {
  const instance = plainToInstance(payload, plain, { exposeDefaultValues: true });
  return validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false });
}

const complaints = (payload: PayloadClass<object>, plain: unknown): string[] => validate(payload, plain).map(String);

const number = (rules: readonly Rule[], name: string): number | undefined =>
  rules.find((rule) => rule.name === name)?.constraints[0] as number | undefined;

/** Rules that say what a value is; the others only narrow it. */
const kinds: Record<string, (rule: Rule, all: readonly Rule[]) => fc.Arbitrary<unknown>> = {
  isIn: ({ constraints }) => fc.constantFrom(...(constraints[0] as unknown[])),
  equals: ({ constraints }) => fc.constant(constraints[0]),
  isUuid: () => fc.uuid(),
  isBoolean: () => fc.boolean(),
  isIso8601: () =>
    fc
      .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((d) => d.toISOString()),
  isInt: (_, all) => fc.integer({ min: number(all, 'min') ?? 0, max: number(all, 'max') ?? 1_000_000 }),
  isNumber: (_, all) => fc.double({ min: number(all, 'min') ?? 0, max: number(all, 'max') ?? 1e6, noNaN: true }),
  isObject: () => fc.dictionary(fc.constantFrom('a', 'b'), fc.string()),
  matches: ({ constraints }) => fc.stringMatching(constraints[0] as RegExp),
  isBase64: () => fc.base64String({ minLength: 4, maxLength: 64 }),
};
const texts = ['isString', 'isLength', 'minLength', 'maxLength', 'isNotEmpty'];
const narrowing = [
  ...texts,
  'min',
  'max',
  'isArray',
  'arrayMinSize',
  'arrayMaxSize',
  'arrayUnique',
  'arrayNotEmpty',
  'isDefined',
  'whitelistValidation',
];

function text(rules: readonly Rule[]): fc.Arbitrary<string> {
  const [least, most] = rules.find(({ name }) => name === 'isLength')?.constraints ?? [];
  const minLength =
    (least as number) ?? number(rules, 'minLength') ?? (rules.some(({ name }) => name === 'isNotEmpty') ? 1 : 0);
  const maxLength = Math.max(minLength, Math.min((most as number) ?? number(rules, 'maxLength') ?? 30, 80));
  return fc.string({ unit: fc.constantFrom(...'aZ9·㛃李 '), minLength, maxLength });
}

function one({ rules, nested }: PropertyShape, depth: number): fc.Arbitrary<unknown> {
  if (nested) return good(nested, depth + 1);
  const unknown = rules.find(({ name }) => !(name in kinds) && !narrowing.includes(name));
  if (unknown) throw new Error(`no example for the decorator "${unknown.name}": add it to this file`);
  const kind = rules.find(({ name }) => name in kinds);
  const value = kind
    ? kinds[kind.name]!(kind, rules)
    : rules.some(({ name }) => texts.includes(name))
      ? text(rules)
      : fc.jsonValue();
  const [least = 0, most = Infinity] = (rules.find(({ name }) => name === 'isLength')?.constraints ?? []) as number[];
  const longest = Math.min(most, number(rules, 'maxLength') ?? Infinity);
  return kind ? value.filter((v) => typeof v !== 'string' || (v.length >= least && v.length <= longest)) : value;
}

function property(shape: PropertyShape, depth: number): fc.Arbitrary<unknown> {
  if (!shape.isArray) return one(shape, depth);
  const minLength = number(shape.rules, 'arrayMinSize') ?? 0;
  const maxLength = Math.min(number(shape.rules, 'arrayMaxSize') ?? 3, Math.max(minLength, depth > 2 ? 1 : 3));
  const unique = shape.rules.some(({ name }) => name === 'arrayUnique');
  const items = one(shape, depth);
  return unique ? fc.uniqueArray(items, { minLength, maxLength }) : fc.array(items, { minLength, maxLength });
}

/** Any payload its decorators call good. */
function good(payload: PayloadClass<object>, depth = 0): fc.Arbitrary<object> {
  const shape = shapeOf(payload);
  const required = shape.filter(({ optional }) => !optional).map(({ name }) => name);
  return fc.record(Object.fromEntries(shape.map((p) => [p.name, property(p, depth)])), {
    requiredKeys: required,
    noNullPrototype: true,
  }) as fc.Arbitrary<object>;
}

const anObject = { surprise: { $gt: '' } };

/** Values of another type than the property wants. */
function confusions(shape: PropertyShape): unknown[] {
  const free = !shape.nested && shape.rules.every(({ name }) => ['isDefined', 'whitelistValidation'].includes(name));
  if (free) return [];
  if (shape.isArray) return [anObject, 'text', 7, ...(shape.nested ? [['text'], [7]] : [])];
  if (shape.nested) return ['text', 7, [7]];
  if (shape.rules.some(({ name }) => name === 'isObject')) return ['text', 7, [7]];
  return [anObject, [anObject], [[]]];
}

const payloads = [
  ...new Set(
    contracts.flatMap((contract) => (contract.kind === 'event' ? [contract.fact] : [contract.request, contract.reply])),
  ),
];
const requests = [
  ...new Set(contracts.flatMap((contract) => (contract.kind === 'event' ? [] : [...reachableFrom(contract.request)]))),
];
const everyProperty = [
  ...new Set([...payloads, ...requests].flatMap((payload) => shapeOf(payload).map(({ name }) => name))),
].sort();
const few = { numRuns: 12, seed: 20261123 };
const named = (all: PayloadClass<object>[]) => all.map((payload) => [payload.name, payload] as const);

describe.each(named(payloads))('%s', (_, payload) => {
  it('takes what its decorators describe, after a journey as JSON', () => {
    fc.assert(
      fc.property(good(payload), (plain) => {
        expect(complaints(payload, JSON.parse(JSON.stringify(plain)))).toEqual([]);
      }),
      few,
    );
  });
});

describe.each(named(requests))('%s, asked wrongly,', (_, payload) => {
  let made: string;
  beforeAll(() => (made = JSON.stringify(fc.sample(good(payload), { ...few, numRuns: 1 })[0])));
  const example = () => JSON.parse(made) as Record<string, unknown>;

  it('refuses every property another payload knows: organisation, status, version never come from a body by chance', () => {
    const own = new Set(shapeOf(payload).map(({ name }) => name));
    const foreign = everyProperty.filter((name) => !own.has(name));
    const sent = { ...example(), ...Object.fromEntries(foreign.map((name) => [name, 'x'])) };
    const refused = validate(payload, sent)
      .filter(({ constraints }) => constraints?.['whitelistValidation'])
      .map(({ property }) => property);
    expect(refused.sort()).toEqual(foreign);
  });

  it('refuses to do without what it needs', () => {
    const initial = new payload() as Record<string, unknown>;
    const missed = shapeOf(payload)
      .filter(
        ({ name, optional, rules, nested }) => !optional && initial[name] === undefined && (nested || rules.length > 0),
      )
      .filter(({ name }) => {
        const { [name]: _gone, ...rest } = example();
        return complaints(payload, rest).length === 0;
      });
    expect(missed.map(({ name }) => name)).toEqual([]);
  });

  it('refuses values of another type', () => {
    const taken = shapeOf(payload).flatMap((shape) =>
      confusions(shape)
        .filter((value) => complaints(payload, { ...example(), [shape.name]: value }).length === 0)
        .map((value) => `${shape.name} took ${JSON.stringify(value)}`),
    );
    expect(taken).toEqual([]);
  });
});
