import 'reflect-metadata';
import { Missing } from '@shidang/dev';
import { accountCommands } from './account/account-commands';
import { auditCommands } from './audit/audit-commands';
import { backupCommands } from './backup/backup-commands';
import { askedOf, type Command } from './command';
import { deadLetterCommands } from './dead-letter/dead-letter-commands';
import { doctorCommands } from './doctor/doctor-command';
import { drillCommands } from './drill/drill-commands';
import { jobCommands } from './job/job-commands';
import { keysCommands } from './keys/keys-commands';
import { migrateCommands } from './migration/migrate-commands';
import { rebuildCommands } from './read-model/rebuild-command';
import { restoreCommands } from './restore/restore-commands';

const commands: Readonly<Record<string, Command>> = {
  ...doctorCommands,
  ...auditCommands,
  ...backupCommands,
  ...restoreCommands,
  ...deadLetterCommands,
  ...rebuildCommands,
  ...migrateCommands,
  ...keysCommands,
  ...jobCommands,
  ...accountCommands,
  ...drillCommands,
};

const usage = [
  'npm run ops -- <noun> <verb> [--json] [--dry-run] [--yes] [--dir DIR]',
  ...Object.values(commands).map((command) => `  ${command.usage}`),
  'exit codes: 0 well, 1 found something wrong, 2 usage or environment, 3 refused (needs --yes), 4 partly done',
].join('\n');

/** `doctor` and `restore` are verbs alone; the others have a noun before the verb. */
function named(args: readonly string[]): { command: Command; rest: string[] } {
  for (const length of [2, 1]) {
    const command = commands[args.slice(0, length).join(' ')];
    if (command) return { command, rest: args.slice(length) };
  }
  throw new Missing(usage);
}

/** Runs one command and answers its exit code. */
export async function main(args: string[]): Promise<number> {
  try {
    const { command, rest } = named(args);
    const asked = askedOf(command, rest);
    const { code, words, facts } = await command.run(asked);
    if (asked.json) console.log(JSON.stringify({ code, facts }, null, 2));
    else for (const line of words) console.log(line);
    return code;
  } catch (failure) {
    console.error(failure instanceof Missing ? failure.message : (failure as Error).stack);
    return 2;
  }
}
