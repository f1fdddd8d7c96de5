/**
 * For runs of all specs: those of one app, of all libs and of all tools as one file for Jest, which evaluates every module anew for each file it
 * runs. A group requires its specs, each in a `describe` named by its path: hooks stay its own (adr/0128). Plain Node.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './ready.mjs';

/** Where jest.config.js looks with SPEC_GROUPS=1. */
const groupsOf = (project) => join(root, '.local/spec-groups', project);
const passedOver = new Set(['node_modules', 'dist', 'fixtures']);

/** Paths from the root. */
function* filesBelow(directory, ending) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isFile() && entry.name.endsWith(ending)) yield relative(root, path);
    if (entry.isDirectory() && !passedOver.has(entry.name) && !entry.name.startsWith('.'))
      yield* filesBelow(path, ending);
  }
}

/** What replaces modules needs them not yet loaded. */
const wantsOwnModules = (path) => /\bjest\.(mock|doMock|resetModules)\(/.test(readFileSync(join(root, path), 'utf8'));

/** An app each, all libs, all tools: as many as two workers need to end together. */
const groupOf = (path) => {
  if (wantsOwnModules(path)) return path;
  const [kind, name] = path.split('/');
  return kind === 'apps' ? `${kind}/${name}` : kind;
};

/** A spec that does not load fails as a test of its own and leaves the others alone. */
const member = (path) => `describe(${JSON.stringify(path)}, () => {
  try {
    require(${JSON.stringify(join(root, path))});
  } catch (failure) {
    test('loads', () => { throw failure; });
  }
});
`;

/** The time-out a spec sets is the file's: here that of the most patient. */
const patience = `jest.setTimeout(180_000);\n`;

/** Writes the groups of a Jest project whose specs end like this. */
export function writeSpecGroups(project, ending) {
  const groups = new Map();
  for (const path of [...filesBelow(root, ending)].sort()) {
    const name = groupOf(path);
    groups.set(name, [...(groups.get(name) ?? []), path]);
  }
  rmSync(groupsOf(project), { recursive: true, force: true });
  mkdirSync(groupsOf(project), { recursive: true });
  for (const [name, paths] of groups)
    writeFileSync(join(groupsOf(project), `${name.replaceAll('/', '-')}.js`), paths.map(member).join('') + patience);
}
