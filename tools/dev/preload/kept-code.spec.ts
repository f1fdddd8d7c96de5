import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import * as loader from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '@shidang/testing/eventually';
import { fromRoot } from '../workspace';

const preload = fromRoot('dist/tools/dev/preload/kept-code.js');
const map = JSON.stringify({ version: 3, file: 'main.js', names: [], sources: ['../from/there.ts'], mappings: 'AASA' });
const saying = (word: string) => `setImmediate(() => console.log('${word}')); require('./other.js');\n`;

describe('what was compiled of a bundle', () => {
  let dir: string;
  const kept = () => (existsSync(join(dir, '.compiled')) ? readdirSync(join(dir, '.compiled')) : []);
  const of = (chunk: string) =>
    join(
      dir,
      '.compiled',
      kept().find((name) => name.startsWith(`main.js.${chunk}.`))!,
    );
  const run = (...verb: string[]) =>
    promisify(execFile)(process.execPath, ['--require', preload, join(dir, 'main.js'), ...verb]);

  beforeEach(() => {
    dir = mkdtempSync(join(realpathSync(tmpdir()), 'shidang-bundle-'));
    writeFileSync(join(dir, 'main.js'), saying('first'));
    writeFileSync(join(dir, 'other.js'), '');
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  test('names lines of the sources when something goes wrong', async () => {
    writeFileSync(
      join(dir, 'main.js'),
      `setImmediate(() => setImmediate(() => console.log(new Error('no').stack)))\n//# sourceMappingURL=main.js.map`,
    );
    writeFileSync(join(dir, 'main.js.map'), map);
    expect((await run()).stdout).toContain(join(realpathSync(tmpdir()), 'from/there.ts:10:'));
  });

  test('names its own lines when its map was made anew meanwhile', async () => {
    const again = `require('fs').utimesSync(__filename + '.map', new Date(), new Date(Date.now() + 60_000));`;
    writeFileSync(
      join(dir, 'main.js'),
      `${again} setImmediate(() => setImmediate(() => console.log(new Error('no').stack)))\n`,
    );
    writeFileSync(join(dir, 'main.js.map'), map);
    expect((await run()).stdout).toContain(`${join(dir, 'main.js')}:1:`);
  });

  test('leaves the codes of Node’s errors in what is told of them', async () => {
    writeFileSync(
      join(dir, 'main.js'),
      `setImmediate(() => setImmediate(() => { try { Buffer.alloc('x') } catch (e) { console.log(e.stack) } }))`,
    );
    expect((await run()).stdout).toMatch(/^TypeError \[ERR_INVALID_ARG_TYPE\]: /);
  });

  test('lies beside the bundles', async () => {
    await run();
    expect(kept().length).toBeGreaterThan(0);
  });

  // from 22.1 on it is Node's own cache, with names and tests of its own
  if ('enableCompileCache' in loader) return;

  test('is kept by a service that ends in order, and taken by the next one', async () => {
    expect((await run()).stdout).toBe('first\n');
    expect(kept()).toHaveLength(2);
    // V8 looks at length and flags only: under the name of another content it runs what it was given
    const another = saying('other');
    const taken = of('main.js').replace(
      /main\.js\.[0-9a-f]{32}/,
      `main.js.${createHash('sha256').update(another).digest('hex').slice(0, 32)}`,
    );
    copyFileSync(of('main.js'), taken);
    writeFileSync(join(dir, 'main.js'), another);
    expect((await run()).stdout).toBe('first\n');
  });

  test('is kept by a service that goes on, too', async () => {
    writeFileSync(join(dir, 'other.js'), 'setInterval(() => undefined, 1000);');
    const service = spawn(process.execPath, ['--require', preload, join(dir, 'main.js')], { stdio: 'ignore' });
    try {
      await eventually(() => kept().length === 2, 'something is kept', { timeout: 20_000, every: 100 });
    } finally {
      service.kill('SIGKILL');
    }
  }, 30_000);

  test('is never taken for a file that says something else', async () => {
    await run();
    writeFileSync(join(dir, 'main.js'), saying('other'));
    expect((await run()).stdout).toBe('other\n');
  });

  test.each<[string, (data: Buffer) => Buffer]>([
    ['is something else', () => Buffer.from('no code')],
    ['ends too early', (data) => data.subarray(0, data.length / 2)],
    ['is damaged in the middle, of which V8 would die', (data) => Buffer.from(data).fill(0, 100, 400)],
  ])('is made anew when it %s', async (_, damage) => {
    await run();
    const place = of('main.js');
    const before = readFileSync(place);
    writeFileSync(place, damage(before));
    expect((await run()).stdout).toBe('first\n');
    expect(readFileSync(place)).toHaveLength(before.length);
  });

  test('is not kept where the bundles have been put aside', async () => {
    writeFileSync(join(dir, 'other.js'), `require('fs').rmSync(__dirname, { recursive: true });`);
    expect((await run()).stdout).toBe('first\n');
    expect(existsSync(dir)).toBe(false);
  });

  test('is left by no verb and by nothing that failed', async () => {
    await run('migrate');
    writeFileSync(join(dir, 'other.js'), 'process.exitCode = 3;');
    await expect(run()).rejects.toMatchObject({ code: 3 });
    expect(kept()).toEqual([]);
  });

  test('is done without where nothing can be written', async () => {
    writeFileSync(join(dir, '.compiled'), 'a file stands in the way');
    expect((await run()).stdout).toBe('first\n');
  });
});
