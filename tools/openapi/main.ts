import 'reflect-metadata';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { clientTypes } from './client-types';
import { buildDocument, printed } from './document';

const usage =
  'node dist/tools/openapi/main.js [--check]   in the root of the checkout: apps/gateway/openapi.json and libs/client/src/generated';

async function main(args: string[]): Promise<number> {
  if (args.some((arg) => arg !== '--check')) throw new Error(usage);
  const document = buildDocument(process.cwd());
  const wanted: [string, string][] = [
    ['apps/gateway/openapi.json', printed(document)],
    ['libs/client/src/generated/api.ts', clientTypes(process.cwd(), document)],
  ];
  const differing = wanted.filter(([path, content]) => !existsSync(path) || readFileSync(path, 'utf8') !== content);
  for (const [path, content] of differing) {
    if (args.includes('--check')) {
      console.log(`${path} is not what the contracts say: node tools/dev/build.mjs && node dist/tools/openapi/main.js`);
    } else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(join(process.cwd(), path), content);
      console.log(`${path} written`);
    }
  }
  return args.includes('--check') && differing.length > 0 ? 1 : 0;
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (failure: Error) => {
    console.error(failure.message);
    process.exitCode = 1;
  },
);
