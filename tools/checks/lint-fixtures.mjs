/**
 * Lints every file of fixtures/ as if it lay where its first line says, and prints what was found as JSON. A process of its own: Jest cannot
 * load ESLint's configuration (an ES module).
 */
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
process.chdir(root);
process.env.NX_DAEMON = 'false';

const { createProjectGraphAsync } = await import('@nx/devkit');
// The boundaries rule reads the graph from the cache and says nothing when there is none.
await createProjectGraphAsync({ exitOnError: true });
const { ESLint } = (await import('eslint')).default;
const eslint = new ESLint({ cwd: root });

const header = (text, name) => new RegExp(`^// ${name}: (.+)$`, 'm').exec(text)?.[1];

const found = [];
for (const name of (await readdir(join(here, 'fixtures'))).sort()) {
  const text = await readFile(join(here, 'fixtures', name), 'utf8');
  const [result] = await eslint.lintText(text, { filePath: join(root, header(text, 'as')) });
  found.push({
    fixture: name.replace(/\.tsx?$/, ''),
    refusedBy: header(text, 'refused by'),
    saying: header(text, 'saying'),
    messages: result.messages.map(({ ruleId, message, severity }) => ({ rule: ruleId, message, severity })),
  });
}
process.stdout.write(JSON.stringify(found));
