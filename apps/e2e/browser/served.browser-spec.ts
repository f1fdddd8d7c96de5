import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { announcedDesks } from './desk/announced';

const entryOf = (app: string): string => {
  const manifest = JSON.parse(
    readFileSync(join(__dirname, '../../../dist/web', app, 'manifest.json'), 'utf8'),
  ) as Record<string, { file: string; isEntry?: boolean }>;
  return Object.values(manifest).find(({ isEntry }) => isEntry)!.file;
};

interface Served {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** As it travels: fetch would unpack the encoding. */
const served = (path: string, encoding = '', agent = 'curl'): Promise<Served> =>
  new Promise((done, fail) => {
    get(
      `${announcedDesks().url}${path}`,
      { headers: { 'accept-encoding': encoding, 'user-agent': agent } },
      (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () =>
          done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) }),
        );
      },
    ).on('error', fail);
  });

const weChat =
  'Mozilla/5.0 (Linux; Android 14; 23127PN0CC) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0';

it('`/` leads phones to the phone app, everything else to the console', async () => {
  const to = async (agent: string) => (await served('/', '', agent)).headers['location'];
  expect([await to(weChat), await to('Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0')]).toEqual(['/me/', '/console/']);
});

describe.each(['console', 'me'])('the gateway serves %s', (app) => {
  const entry = entryOf(app);

  it('at every path below its own, never kept without asking', async () => {
    for (const path of [`/${app}/`, `/${app}/teachers?q=%E6%9E%97`, `/${app}/imports/x/y`]) {
      const { status, headers, body } = await served(path);
      expect([path, status, headers['content-type']]).toEqual([path, 200, 'text/html; charset=utf-8']);
      expect(headers['cache-control']).toBe('no-cache');
      expect(body.toString()).toContain(`/${app}/${entry}`);
    }
  });

  it('with a policy that allows own scripts only, none inline', async () => {
    const { headers, body } = await served(`/${app}/`);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(body.toString()).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(body.toString()).not.toMatch(/https?:\/\//);
  });

  it('hashed files for a year, brotli or gzip as made at build time', async () => {
    const [plain, gzip, brotli] = await Promise.all(
      ['', 'gzip', 'br, gzip'].map((each) => served(`/${app}/${entry}`, each)),
    );
    expect(plain!.headers['content-encoding']).toBeUndefined();
    expect(gzip!.headers['content-encoding']).toBe('gzip');
    expect(brotli!.headers['content-encoding']).toBe('br');
    expect(gzip!.body.length).toBeLessThan(plain!.body.length / 2);
    expect(brotli!.body.length).toBeLessThan(gzip!.body.length);
    for (const { headers } of [plain!, gzip!, brotli!])
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it('and nothing else of the disk', async () => {
    for (const path of [
      `/${app}/assets/missing.js`,
      `/${app}/assets/../manifest.json`,
      `/${app}/assets/%2e%2e/built.txt`,
    ]) {
      const { status, body } = await served(path);
      // a path that leaves assets/ is the page like any other, never the file
      if (status === 200) expect(body.toString()).toContain('<div id="root">');
      else expect([path, status]).toEqual([path, 404]);
    }
  });
});
