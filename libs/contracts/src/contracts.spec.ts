import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  contracts,
  declaredRefusals,
  durables,
  type AnyContract,
  type EventContract,
  type PayloadClass,
} from './index';
import { reachableFrom, shapeOf, type PropertyShape } from './payload-shape.testing';

const golden = join(__dirname, 'contracts.golden.txt');

const payloadsOf = (contract: AnyContract): PayloadClass<object>[] =>
  contract.kind === 'event' ? [contract.fact] : [contract.request, contract.reply];

const classes = [...new Set(contracts.flatMap(payloadsOf).flatMap((payload) => [...reachableFrom(payload)]))].sort(
  (a, b) => (a.name < b.name ? -1 : 1),
);

function termsOf(contract: AnyContract): string {
  if (contract.kind === 'event') return `${contract.subject} ${contract.fact.name}`;
  const who =
    contract.kind === 'request'
      ? `${contract.permission} replay=${contract.replay} lane=${contract.lane}${contract.readyMade ? ' ready-made' : ''}`
      : `from ${contract.from.join(' ')}`;
  return `${contract.subject} ${contract.effect} ${who} ${contract.request.name} -> ${contract.reply.name}`;
}

const constraintText = (constraint: unknown): string =>
  constraint instanceof RegExp
    ? String(constraint)
    : Array.isArray(constraint)
      ? constraint.join('|')
      : JSON.stringify(constraint);

function propertyText({ name, optional, rules, nested, isArray }: PropertyShape): string {
  const words = rules
    .map((rule) => {
      const constraints = rule.constraints
        .filter((c) => c !== undefined && typeof c !== 'function')
        .map(constraintText);
      return `${rule.name}${rule.each ? '[]' : ''}${constraints.length > 0 ? `(${constraints.join(', ')})` : ''}`;
    })
    .sort();
  return `  ${name}${optional ? '?' : ''}: ${[...(nested ? [`${nested.name}${isArray ? '[]' : ''}`] : []), ...words].join(' ')}`;
}

const shapes = () =>
  [
    ...contracts.map(termsOf),
    '',
    ...Object.entries(durables).map(
      ([name, { events }]) => `${name} <- ${events.map((e: EventContract) => e.name).join(' ')}`,
    ),
    '',
    ...classes.flatMap((payload) => [payload.name, ...shapeOf(payload).map(propertyText)]),
    '',
  ].join('\n');

describe('the contracts', () => {
  it('are what the golden file says: a change of a subject or a shape is read before it is made', () => {
    if (process.env['UPDATE_GOLDEN']) writeFileSync(golden, shapes());
    expect(`${shapes()}\nafter reading the difference: UPDATE_GOLDEN=1 npx jest libs/contracts`).toBe(
      `${readFileSync(golden, 'utf8')}\nafter reading the difference: UPDATE_GOLDEN=1 npx jest libs/contracts`,
    );
  });

  it('have subjects of their own, in the root of their kind', () => {
    const roots = { request: 'rpc', internal: 'int', event: 'evt' };
    for (const { kind, subject, name } of contracts) expect(subject).toBe(`${roots[kind]}.${name}`);
    expect(new Set(contracts.map(({ subject }) => subject)).size).toBe(contracts.length);
  });

  it('name every payload class once, so that a name means one thing in the API', () => {
    const names = classes.map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('decorate every property: without one it would be refused as unknown', () => {
    const forgotten = classes.flatMap((payload) => {
      const decorated = shapeOf(payload).map(({ name }) => name);
      return Object.keys(new payload())
        .filter((name) => !decorated.includes(name))
        .map((name) => `${payload.name}.${name}`);
    });
    expect(forgotten).toEqual([]);
  });

  it('keep names, numbers and phones out of facts', () => {
    const personal = /^(name|idNo|document|documentNumber|number|mobile|phone|email|address|personalCode|birthDate)$/;
    const told = contracts
      .filter((contract) => contract.kind === 'event')
      .flatMap(({ fact }) => [...reachableFrom(fact)])
      .flatMap((payload) => shapeOf(payload).map(({ name }) => `${payload.name}.${name}`));
    const allowed = new Set(['OrganisationFounded.name', 'OrganisationRenamed.name']);
    expect([...new Set(told)].filter((path) => personal.test(path.split('.')[1]!) && !allowed.has(path))).toEqual([]);
  });
});

describe('a durable', () => {
  it.each(Object.entries(durables))('%s reads one stream and is named for its service', (name, { service, events }) => {
    expect(new Set(events.map((event) => event.service)).size).toBe(1);
    expect(name.startsWith(`${service}-`)).toBe(true);
  });
});

describe('a refusal', () => {
  const declared = [...declaredRefusals];
  /** A sentence may have its own English word for a fact: `{reason}` and `{reasonEn}`. */
  const placesIn = (words: string) =>
    [...words.matchAll(/\{(\w+)\}/g)].map(([, place]) => place!.replace(/En$/, '')).sort();

  it.each(declared)('%s is well formed', (code, { zh, en }) => {
    expect(code).toMatch(/^(identity|records|review|reporting|notifications|request|gateway)\.[a-z0-9]+(_[a-z0-9]+)*$/);
    expect(zh).toMatch(/\p{Script=Han}|^\{\w+\}$/u);
    expect(en).not.toMatch(/^$|\p{Script=Han}/u);
    expect([...new Set(placesIn(en))]).toEqual([...new Set(placesIn(zh))]);
  });
});
