import { demoAccounts } from '@shidang/seed';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { decisionIndex, decisions } from './readme-index';

const root = join(__dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const between = (mark: string) => readme.split(`<!-- ${mark} -->`)[1]?.trim();

it('README lists every decision, in order', () => {
  expect(between('adr-index')).toBe(decisionIndex(root));
});

it('decisions are numbered once each', () => {
  const numbers = decisions(root).map((path) => basename(path).slice(0, 4));
  expect(numbers).toEqual([...new Set(numbers)]);
});

it('README shows the demo accounts that the demo has', () => {
  const rows = demoAccounts.map(({ account, role, organisation }) => `| \`${account}\` | ${role} | ${organisation} |`);
  expect(between('demo-accounts')?.split('\n').slice(2)).toEqual(rows);
});

it('every link of README leads somewhere', () => {
  const targets = [...readme.matchAll(/\]\(([^)#]+)\)/g)]
    .map((match) => match[1]!)
    .filter((target) => !target.startsWith('http'));
  expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([]);
});

it('every decision is at most forty lines of context, decision and consequences', () => {
  for (const path of decisions(root)) {
    const text = readFileSync(join(root, path), 'utf8');
    expect([path, text.split('\n').length <= 41]).toEqual([path, true]);
    for (const heading of ['## Context', '## Decision', '## Consequences'])
      expect([path, text.includes(heading)]).toEqual([path, true]);
    expect(dirname(path)).toMatch(/adr$/);
  }
});
