import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
}

const root = join(__dirname, '../../../dist/web/console');
const manifest = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8')) as Record<string, Chunk>;
const kB = (file: string): number => statSync(join(root, `${file}.gz`)).size / 1000;

/** A chunk and everything that is fetched before it can run. */
function withImports(name: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (!chunk || found.has(name)) return found;
  found.add(name);
  for (const each of chunk.imports ?? []) withImports(each, found);
  return found;
}

const filesOf = (names: Iterable<string>): string[] => [
  ...new Set([...names].flatMap((name) => [manifest[name]!.file, ...(manifest[name]!.css ?? [])])),
];

const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry)!;
const first = withImports(entry);

describe('what the console costs to load (gzip)', () => {
  it('first load is at most 470 kB', () => {
    const sum = filesOf(first).reduce((kilobytes, file) => kilobytes + kB(file), 0);
    expect(sum).toBeLessThanOrEqual(470);
  });

  it('every other chunk is at most 80 kB', () => {
    const others = filesOf(Object.keys(manifest).filter((name) => !first.has(name)));
    const large = others.filter((file) => /\.(js|css)$/.test(file) && kB(file) > 80);
    expect(large.map((file) => `${file} ${kB(file).toFixed(0)} kB`)).toEqual([]);
  });

  it('no chart library is loaded before a page draws a chart', () => {
    const entrySource = filesOf(first).filter((file) => file.endsWith('.js'));
    for (const file of entrySource) expect(readFileSync(join(root, file), 'utf8')).not.toMatch(/zrender|echarts/i);
  });
});
