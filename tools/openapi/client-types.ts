import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const note = `/** Made by tools/openapi from the contracts; never edited. */
`;

/** The types libs/client is built on. A process of its own: the package is made of ES modules, which jest does not load. */
export function clientTypes(root: string, document: object): string {
  const generator = join(root, 'node_modules/openapi-typescript/bin/cli.js');
  const types = execFileSync(process.execPath, ['--no-warnings', generator], {
    cwd: root,
    input: JSON.stringify(document),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return note + types;
}
