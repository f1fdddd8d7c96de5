const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const read = (name) => JSON.parse(readFileSync(join(__dirname, name), 'utf8'));

/** The aliases of tsconfig.base.json become relative paths, as in the build: set-up files are not seen by Jest's own mapper. */
const { jsc, module: output } = read('.swcrc');
const swc = {
  swcrc: false,
  sourceMaps: 'inline',
  module: output,
  jsc: { ...jsc, baseUrl: __dirname, paths: read('tsconfig.base.json').compilerOptions.paths },
};

/** Words of the web apps stand beside components: specs of the former load the latter. */
const swcOfComponents = {
  ...swc,
  jsc: {
    ...swc.jsc,
    parser: { ...jsc.parser, tsx: true },
    transform: { ...jsc.transform, react: { runtime: 'automatic' } },
  },
};

const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.(ts|js|mjs)$': ['@swc/jest', swc], '^.+\\.tsx$': ['@swc/jest', swcOfComponents] },
  // `import('./x.js')` is how a module is named that is loaded when it is wanted; its source is TypeScript.
  moduleNameMapper: { '^(\\.{1,2}/.+)\\.js$': '$1' },
  // Packages that ship ES modules only, and one that loads Node's own with `import()`.
  transformIgnorePatterns: [
    '/node_modules/(?!(jose|@opentelemetry/otlp-exporter-base|openapi-fetch|content-disposition|@fastify/static/node_modules/content-disposition)/)',
  ],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.local/', '<rootDir>/.nx/'],
  testPathIgnorePatterns: ['/node_modules/', '/fixtures/'],
  setupFiles: ['reflect-metadata'],
};

/** Runs of all specs take them in groups (adr/0128 of tools/dev): `.local/spec-groups` is written by `npm test`. */
const inGroups = process.env.SPEC_GROUPS === '1';
const specs = (project, ending) =>
  inGroups
    ? {
        roots: [`<rootDir>/.local/spec-groups/${project}`],
        testMatch: ['**/*.js'],
        modulePathIgnorePatterns: ['<rootDir>/dist/'],
      }
    : { testMatch: [`<rootDir>/**/*${ending}`] };

const service = {
  globalSetup: '<rootDir>/libs/testing/run/start.ts',
  globalTeardown: '<rootDir>/libs/testing/run/stop.ts',
};

module.exports = {
  testTimeout: 30_000,
  maxWorkers: 2,
  projects: [
    { ...base, displayName: 'rule', ...specs('rule', '.spec.ts') },
    { ...base, ...service, displayName: 'service', ...specs('service', '.int-spec.ts') },
    {
      ...base,
      globalSetup: '<rootDir>/apps/e2e/run/start.ts',
      globalTeardown: '<rootDir>/apps/e2e/run/stop.ts',
      displayName: 'system',
      ...specs('system', '.e2e-spec.ts'),
    },
    {
      ...base,
      globalSetup: '<rootDir>/apps/e2e/browser/run/start.ts',
      globalTeardown: '<rootDir>/apps/e2e/run/stop.ts',
      displayName: 'browser',
      testEnvironment: '<rootDir>/apps/e2e/browser/run/environment.ts',
      ...specs('browser', '.browser-spec.ts'),
    },
  ],
};
