import { resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Missing, fromRoot, runningServers } from '@shidang/dev';

/** 0 well · 1 found something wrong · 2 usage or environment · 3 refused: needs --yes or what it asks for · 4 partly done. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

export interface Outcome {
  readonly code: ExitCode;
  /** For a person. */
  readonly words: readonly string[];
  /** For a program: printed with --json. */
  readonly facts: unknown;
}

export interface Asked {
  /** Of the system: `.local` of this checkout, or `--dir`. */
  readonly dir: string;
  readonly json: boolean;
  /** Says what would be done, does nothing. */
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly option: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean;
  readonly rest: readonly string[];
  /** Progress, not the answer. */
  readonly say: (line: string) => void;
}

type Options = NonNullable<ParseArgsConfig['options']>;

export interface Command {
  /** One line for the usage: arguments and what it does. */
  readonly usage: string;
  readonly options?: Options;
  run(asked: Asked): Promise<Outcome>;
}

const everywhere: Options = {
  json: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean' },
  dir: { type: 'string' },
};

export function askedOf(command: Command, args: string[]): Asked {
  const parsed = (() => {
    try {
      return parseArgs({ args, allowPositionals: true, options: { ...everywhere, ...command.options } });
    } catch (failure) {
      throw new Missing(`${(failure as Error).message}\n${command.usage}`);
    }
  })();
  const values = parsed.values as Record<string, unknown>;
  const json = values['json'] === true;
  const option = (name: string) => (typeof values[name] === 'string' ? values[name] : undefined);
  return {
    dir: resolve(option('dir') ?? fromRoot('.local')),
    json,
    dryRun: values['dry-run'] === true,
    yes: values['yes'] === true,
    option,
    flag: (name) => values[name] === true,
    rest: parsed.positionals,
    say: json ? (line) => console.error(`· ${line}`) : (line) => console.log(`· ${line}`),
  };
}

export const done = (words: readonly string[], facts: unknown = {}): Outcome => ({ code: 0, words, facts });

/** What takes something away waits for `--yes`; `--dry-run` says the same and is content. */
export function heldBack(asked: Asked, would: readonly string[], facts: unknown = {}): Outcome | undefined {
  if (asked.dryRun) return { code: 0, words: [...would, 'Nothing was done (--dry-run).'], facts };
  if (asked.yes) return undefined;
  return { code: 3, words: [...would, 'Nothing was done: repeat it with --yes.'], facts };
}

/** As superuser of the PostgreSQL that is given or runs here. */
export const adminUrlOf = (asked: Asked): string => process.env['DATABASE_URL'] || runningServers(asked.dir).adminUrl;
