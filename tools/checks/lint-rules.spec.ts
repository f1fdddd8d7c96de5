import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

interface Linted {
  fixture: string;
  refusedBy?: string;
  saying?: string;
  messages: { rule: string | null; message: string; severity: number }[];
}

const fixtures = readdirSync(join(__dirname, 'fixtures')).map((name) => name.replace(/\.tsx?$/, ''));
const accepted = fixtures.filter((name) => name.startsWith('accepted-'));

describe('lint: a guard nobody has seen fail is not a guard', () => {
  let linted: Map<string, Linted>;

  beforeAll(() => {
    const script = join(__dirname, 'lint-fixtures.mjs');
    const said = execFileSync(process.execPath, [script], {
      encoding: 'utf8',
      maxBuffer: 16e6,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const json = said.slice(said.indexOf('[{'));
    linted = new Map((JSON.parse(json) as Linted[]).map((one) => [one.fixture, one]));
  }, 60_000);

  it.each(fixtures.filter((name) => !accepted.includes(name)))('refuses %s', (name) => {
    const { refusedBy, saying, messages } = linted.get(name)!;
    const refusals = messages.filter(({ rule, severity }) => rule === refusedBy && severity === 2);
    expect({ refusedBy, found: refusals.length > 0, messages }).toMatchObject({
      refusedBy: expect.any(String),
      found: true,
    });
    if (saying) expect(refusals.map(({ message }) => message).join('\n')).toContain(saying);
  });

  it.each(accepted)('lets pass %s', (name) => {
    expect(linted.get(name)!.messages.filter(({ severity }) => severity === 2)).toEqual([]);
  });
});
