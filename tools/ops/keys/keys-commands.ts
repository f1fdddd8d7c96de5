import { Missing } from '@shidang/dev';
import { completeKeyFile, lacksKeys } from '@shidang/persistence';
import { existsSync } from 'node:fs';
import { done, type Command } from '../command';

const usage =
  'keys complete <key file>…   adds what key files of an older release lack (an audit key); nothing else changes';

/** Before an upgrade: a service refuses to start on a key file without all its keys. */
const complete: Command = {
  usage,
  async run({ rest, dryRun }) {
    if (rest.length === 0) throw new Missing(`Which key files? One per service, e.g. records-key.json\n${usage}`);
    const absent = rest.filter((path) => !existsSync(path));
    if (absent.length > 0) throw new Missing(`There is no ${absent.join(', ')}. Nothing was changed.`);
    const lacking = rest.filter(lacksKeys);
    if (!dryRun) lacking.forEach(completeKeyFile);
    const words = rest.map((path) =>
      lacking.includes(path) ? `${path} ${dryRun ? 'would get' : 'got'} an audit key` : `${path} is complete`,
    );
    return Promise.resolve(done(words, { completed: dryRun ? [] : lacking, lacking }));
  },
};

export const keysCommands = { 'keys complete': complete } satisfies Record<string, Command>;
