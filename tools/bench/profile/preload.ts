import { writeFileSync } from 'node:fs';
import { Session, type Profiler } from 'node:inspector';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Loaded before an app (NODE_OPTIONS): SIGUSR2 begins a CPU profile, the next one ends it. */
const session = new Session();
session.connect();
let running = false;

process.on('SIGUSR2', () => {
  if (!running) {
    running = true;
    session.post('Profiler.enable', () => session.post('Profiler.start'));
    return;
  }
  running = false;
  session.post('Profiler.stop', (failure: Error | null, { profile }: Profiler.StopReturnType) => {
    if (!failure)
      writeFileSync(join(tmpdir(), `shidang-${process.pid}.cpuprofile`), JSON.stringify(profile), { mode: 0o600 });
  });
});
