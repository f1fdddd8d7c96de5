import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Load, Loaded } from './shots';

const run = promisify(execFile);

/** Runs the load in a process of its own, on a core of its own where there are two. */
export async function loaded(load: Load, core: number | undefined): Promise<Loaded> {
  const dir = mkdtempSync(join(tmpdir(), 'shidang-load-'));
  try {
    const file = join(dir, 'load.json');
    writeFileSync(file, JSON.stringify(load), { mode: 0o600 });
    const command = [process.execPath, join(__dirname, 'load-main.js'), file];
    const [program, ...args] = core === undefined ? command : ['taskset', '-c', String(core), ...command];
    const { stdout } = await run(program!, args, { maxBuffer: 16e6 });
    return JSON.parse(stdout) as Loaded;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
