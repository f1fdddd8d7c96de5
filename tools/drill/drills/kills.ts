import { rest } from '../client/client';
import type { Drill, Drilling } from '../drill';
import { killBackend, terminateBackend } from '../fault/backends';
import { killsOf, type Strike } from '../fault/schedule';
import { chainViolations } from '../state/audit-chains';

async function strike({ victim, which }: Strike, { system, say }: Drilling): Promise<void> {
  const failed = (failure: Error) => say(`  ${victim} could not be struck: ${failure.message}`);
  if (victim === 'backend') await killBackend(system.adminUrl, which).catch(failed);
  else if (victim === 'backend-terminated') await terminateBackend(system.adminUrl, which).catch(failed);
  else await system.kill(victim);
}

/** `kill -9` of everything that can die, at moments nobody chose. */
export const kills: Drill = {
  name: 'kills',
  says: 'kill -9 of each service, the gateway, NATS, the postmaster or one backend every 1–5 s',
  minutes: 2,
  async faults(drilling) {
    const strikes = killsOf(drilling.seed, drilling.milliseconds);
    const began = Date.now();
    for (const each of strikes) {
      await rest(Math.max(0, began + each.at - Date.now()));
      drilling.say(`strikes ${each.victim}`);
      await strike(each, drilling);
    }
    return [];
  },
  /** No kill has broken an audit chain. */
  afterwards: ({ system }) => chainViolations(system),
};
