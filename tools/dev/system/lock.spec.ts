import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lock } from './lock';
import { known } from './processes';

describe('one start per checkout', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'shidang-lock-'))));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('refuses a second start and says where the first one is', async () => {
    const unlock = await lock(dir);
    await expect(lock(dir)).rejects.toThrow(`already running (process ${process.pid}`);
    unlock();
    (await lock(dir))();
  });

  it('takes over from a supervisor that is gone, though its number may be in use again', async () => {
    writeFileSync(join(dir, 'lock.json'), JSON.stringify({ ...known(process.pid), startedAt: '1' }));
    (await lock(dir))();
  });
});
