import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
}

/** What one app consists of, by the manifest of its build. */
function bundleOf(app: string) {
  const root = join(__dirname, '../../../dist/web', app);
  const manifest = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8')) as Record<string, Chunk>;

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
  const kB = (file: string): number => statSync(join(root, `${file}.gz`)).size / 1000;
  const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry)!;
  const first = withImports(entry);
  const others = filesOf(Object.keys(manifest).filter((name) => !first.has(name)));
  return {
    read: (file: string) => readFileSync(join(root, file), 'utf8'),
    firstFiles: filesOf(first),
    firstLoad: filesOf(first).reduce((kilobytes, file) => kilobytes + kB(file), 0),
    larger: (than: number) =>
      others
        .filter((file) => /\.(js|css)$/.test(file) && kB(file) > than)
        .map((file) => `${file} ${kB(file).toFixed(0)} kB`),
  };
}

describe('what the console costs to load (gzip)', () => {
  const bundle = bundleOf('console');

  it('first load is at most 470 kB', () => {
    expect(bundle.firstLoad).toBeLessThanOrEqual(470);
  });

  it('every other chunk is at most 80 kB', () => {
    expect(bundle.larger(80)).toEqual([]);
  });

  it('no chart library is loaded before a page draws a chart', () => {
    for (const file of bundle.firstFiles.filter((each) => each.endsWith('.js')))
      expect(bundle.read(file)).not.toMatch(/zrender|echarts/i);
  });
});

describe('what the phone app costs to load (gzip)', () => {
  const bundle = bundleOf('me');

  it('first load is at most 130 kB, with everything the first screen needs', () => {
    expect(bundle.firstLoad).toBeLessThanOrEqual(130);
  });

  it('every other chunk is at most 30 kB', () => {
    expect(bundle.larger(30)).toEqual([]);
  });

  it('nothing of the console’s component library is in it', () => {
    for (const file of bundle.firstFiles.filter((each) => each.endsWith('.js')))
      expect(bundle.read(file)).not.toMatch(/ant-btn|react-dom/);
  });
});
