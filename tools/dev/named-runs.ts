import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

/** Something a tool runs by its name. */
export interface Named {
  readonly name: string;
  /** One line for `--list`. */
  readonly says: string;
}

export interface NamedRuns<T extends Named> {
  /** All of them when none was named. */
  readonly chosen: readonly T[];
  readonly seed: string;
  /** Of the options, those that were given; each above zero. */
  readonly numbers: Readonly<Record<string, number | undefined>>;
  readonly list: boolean;
}

export const linesOf = (all: readonly Named[]): string => {
  const width = Math.max(...all.map(({ name }) => name.length));
  return all.map(({ name, says }) => `  ${name.padEnd(width)} ${says}`).join('\n');
};

/** `NAME… --seed N --option N --list`. @throws what is wrong with it, in words. */
export function namedRuns<T extends Named>(
  args: string[],
  all: readonly T[],
  options: readonly string[],
): NamedRuns<T> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...Object.fromEntries(options.map((name) => [name, { type: 'string' as const }])),
      seed: { type: 'string', default: String(randomInt(1, 1_000_000)) },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.filter((name) => !all.some((each) => each.name === name));
  if (unknown.length > 0) throw new Error(`nothing is called ${unknown.join(', ')}`);
  const given = values as Readonly<Record<string, string | boolean | undefined>>;
  const numbers = Object.fromEntries(
    options.map((name) => [name, given[name] === undefined ? undefined : Number(given[name])]),
  );
  for (const [name, value] of Object.entries(numbers))
    if (value !== undefined && !(value > 0)) throw new Error(`--${name} is a number above zero`);
  return {
    chosen: positionals.length === 0 ? all : all.filter(({ name }) => positionals.includes(name)),
    seed: values.seed,
    numbers,
    list: values.list || values.help,
  };
}
