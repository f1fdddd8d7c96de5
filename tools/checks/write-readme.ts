import { demoAccounts } from '@shidang/seed';
import { readFileSync, writeFileSync } from 'node:fs';
import { decisionIndex } from './readme-index';

/** Rewrites what README repeats from elsewhere: `node dist/tools/checks/write-readme.js` after a build. */
function fill(readme: string, mark: string, content: string): string {
  const [before, , after] = readme.split(`<!-- ${mark} -->`);
  const rest = after ?? readme.split(`<!-- ${mark} -->`)[1] ?? '';
  return `${before}<!-- ${mark} -->\n\n${content}\n\n<!-- ${mark} -->${rest}`;
}

const accounts = [
  '| 登录名 log-in | 角色 role | 机构 organisation |',
  '|---|---|---|',
  ...demoAccounts.map(({ account, role, organisation }) => `| \`${account}\` | ${role} | ${organisation} |`),
].join('\n');

const path = 'README.md';
const readme = readFileSync(path, 'utf8');
writeFileSync(path, fill(fill(readme, 'demo-accounts', accounts), 'adr-index', decisionIndex(process.cwd())));
