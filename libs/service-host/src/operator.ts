import { newTrace } from '@shidang/bus';
import { withRequest } from '@shidang/persistence';
import { hostname, userInfo } from 'node:os';

function whoIsAtTheKeyboard(): string {
  try {
    return process.env['SUDO_USER'] ?? userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}

/**
 * Runs a verb of the command line: its audit rows say `cli.<verb>`, the operating system's user as address, and the reason given as
 * SHIDANG_REASON. Nobody of the system's own accounts is behind it.
 */
export const asOperator = <T>(verb: string, run: () => Promise<T>): Promise<T> =>
  withRequest(
    {
      contract: `cli.${verb}`,
      effect: 'write',
      replay: 'never',
      address: `cli:${whoIsAtTheKeyboard()}@${hostname()}`,
      reason: process.env['SHIDANG_REASON'] || undefined,
      traceparent: newTrace(),
    },
    run,
  );
