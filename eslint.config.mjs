import nx from '@nx/eslint-plugin';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import house from './tools/checks/house-rules.mjs';

/** `*.testing.ts` holds builders and set-up that only specs import; the build leaves it out. */
const specs = ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts', '**/*.browser-spec.ts', '**/*.testing.ts'];

/** Tag → tags it may depend on, packages it may or may not import. The table of README.md, "Who may depend on whom". */
const boundaries = [
  {
    tag: 'service',
    on: ['contracts', 'access', 'catalogue', 'bus', 'persistence', 'host'],
    banned: ['@nestjs/platform-fastify'],
  },
  { tag: 'tracing', on: [], banned: ['@nestjs/*', '@mikro-orm/*', 'nats', 'pg'] },
  { tag: 'gateway', on: ['contracts', 'access', 'bus', 'host', 'tracing'], banned: ['@mikro-orm/*', 'pg', 'pg-*'] },
  {
    tag: 'web',
    on: ['client', 'web-kit', 'catalogue', 'access'],
    banned: ['@nestjs/*', '@mikro-orm/*', 'nats', 'class-validator'],
  },
  { tag: 'contracts', on: ['access'], allowed: ['class-validator', 'class-transformer', 'reflect-metadata'] },
  { tag: 'access', on: [], allowed: [] },
  { tag: 'catalogue', on: [], allowed: [] },
  { tag: 'bus', on: ['contracts', 'access', 'tracing'], banned: ['@mikro-orm/*', 'pg'] },
  { tag: 'persistence', on: ['contracts', 'access', 'tracing'], banned: ['nats', '@nestjs/microservices'] },
  { tag: 'host', on: ['contracts', 'access', 'bus', 'persistence', 'tracing'] },
  {
    tag: 'web-kit',
    on: ['client', 'catalogue', 'access'],
    // the phone app shares it: nothing of the console's component library
    banned: ['@nestjs/*', '@mikro-orm/*', 'nats', 'class-validator', 'antd', '@ant-design/*'],
  },
  { tag: 'client', on: [], banned: ['@nestjs/*', '@mikro-orm/*', 'nats'] },
  { tag: 'testing', on: ['contracts', 'access', 'catalogue', 'bus', 'persistence', 'host', 'client', 'tool'] },
  { tag: 'e2e', on: ['contracts', 'access', 'catalogue', 'client', 'testing', 'tool'] },
  { tag: 'tool', on: ['contracts', 'access', 'catalogue', 'bus', 'persistence', 'host', 'client', 'tool', 'gateway'] },
];

const tagged = (tag) => `type:${tag}`;

/** Specs may besides use libs/testing and what proves something (fast-check, Nest's testing module, a bare client). */
const constraints = (inSpec) => [
  ...boundaries.map(({ tag, on, allowed, banned }) => ({
    sourceTag: tagged(tag),
    onlyDependOnLibsWithTags: [...on, ...(inSpec ? ['testing', 'tool', 'contracts'] : [])].map(tagged),
    ...(banned && !inSpec ? { bannedExternalImports: banned } : {}),
    ...(allowed && !inSpec ? { allowedExternalImports: allowed } : {}),
  })),
  {
    sourceTag: 'platform:any',
    onlyDependOnLibsWithTags: inSpec ? ['platform:any', 'platform:server'] : ['platform:any'],
  },
  { sourceTag: 'platform:web', onlyDependOnLibsWithTags: ['platform:any', 'platform:web'] },
  { sourceTag: 'platform:server', onlyDependOnLibsWithTags: ['platform:any', 'platform:server'] },
];

const moduleBoundaries = (inSpec) => [
  'error',
  {
    enforceBuildableLibDependency: false,
    depConstraints: constraints(inSpec),
    // tools/openapi reads the routes of the one door; no other app is ever imported.
    allow: ['../../apps/gateway/src/**'],
    // Only specs of these use libs/testing, which stands on them.
    ignoredCircularDependencies: [
      ['testing', 'tool-dev'],
      ...['bus', 'persistence', 'service-host', 'tracing'].flatMap((lib) => [
        [lib, 'testing'],
        [lib, 'tool-dev'],
      ]),
    ],
  },
];

const onlyInBus = 'only libs/bus, libs/service-host, libs/testing and tools/streams speak NATS';
const onlyInPersistence = 'only libs/persistence opens scopes and transactions: use work.as / read / once / beyond';

const messaging = { regex: '^(nats|@nestjs/microservices)(/|$)', message: onlyInBus };
const orm = [
  { group: ['@mikro-orm/nestjs', '@mikro-orm/knex', 'knex'], message: onlyInPersistence },
  {
    group: ['@mikro-orm/core', '@mikro-orm/postgresql'],
    importNames: [
      'MikroORM',
      'EntityManager',
      'SqlEntityManager',
      'RequestContext',
      'Transactional',
      'CreateRequestContext',
    ],
    allowTypeImports: true,
    message: onlyInPersistence,
  },
];
const testing = {
  group: ['@shidang/testing', '@shidang/dev', '**/*.testing'],
  message: 'only specs and tools use libs/testing and tools/dev',
};
const tracing = { group: ['@opentelemetry/*'], message: 'only libs/tracing speaks OpenTelemetry' };
const apps = { group: ['**/apps/*/src/**'], message: 'apps never import apps' };
const node = { group: ['node:*', 'fs', 'path', 'crypto'], message: 'platform:any runs in a browser too' };

const imports = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
});

const scopeSyntax = [
  { selector: "CallExpression[callee.property.name='fork']", message: onlyInPersistence },
  { selector: "CallExpression[callee.property.name='setFilterParams']", message: onlyInPersistence },
  { selector: 'Literal[value=/set_config|shidang\\.(low|high|teacher|purpose)/]', message: onlyInPersistence },
  {
    selector: 'TemplateElement[value.raw=/set_config|shidang\\.(low|high|teacher|purpose)/]',
    message: onlyInPersistence,
  },
];

const alone = {
  selector: "MemberExpression[object.name=/^(describe|it|test)$/][property.name='only']",
  message: '`only` would silence every other spec of the group: give Jest the path and -t',
};

export default [
  {
    ignores: [
      '**/dist',
      '**/node_modules',
      '.local',
      '.nx',
      'coverage',
      'tools/checks/fixtures',
      'libs/client/src/generated',
    ],
  },
  { linterOptions: { noInlineConfig: true } },
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: ['**/*.ts', '**/*.tsx'] })),
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@nx': nx, house },
    rules: {
      '@nx/enforce-module-boundaries': moduleBoundaries(false),
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'house/file-names': 'error',
      'house/type-names': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'anywhere' }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['apps/{console,me}/**/*.{ts,tsx}', 'libs/web-kit/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'house/words-in-jsx': 'error',
    },
  },
  imports(['**/*.ts', '**/*.tsx'], [messaging, ...orm, testing, tracing]),
  imports(
    ['libs/{access,catalogue,contracts,client,web-kit}/**/*.{ts,tsx}', 'apps/{console,me}/**/*.{ts,tsx}'],
    [messaging, ...orm, testing, node],
    ['libs/catalogue/tools/**'],
  ),
  imports(['libs/{bus,service-host}/**/*.ts'], [...orm, testing, tracing]),
  imports(['libs/tracing/**/*.ts'], [messaging, ...orm, testing]),
  imports(['libs/persistence/**/*.ts'], [messaging, testing, tracing]),
  imports(['libs/service-host/**/*.ts'], [testing, tracing]),
  imports(['libs/testing/**/*.ts', 'tools/streams/**/*.ts'], orm),
  imports(['tools/**/*.ts', 'apps/e2e/**/*.ts'], [messaging, ...orm], ['tools/streams/**']),
  imports(
    ['apps/gateway/**/*.ts'],
    [
      messaging,
      ...orm,
      testing,
      tracing,
      { group: ['@mikro-orm/*'], message: 'the gateway has no database' },
      {
        regex: '^@shidang/service-host$',
        message: 'the gateway takes @shidang/service-host/gateway, the entry without a database',
      },
    ],
  ),
  // Seeding and tools run as owners, outside any caller's scope; they may not open scopes either.
  {
    files: ['**/*.ts'],
    ignores: ['libs/persistence/**', ...specs],
    rules: { 'no-restricted-syntax': ['error', ...scopeSyntax] },
  },
  { files: ['tools/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: specs,
    rules: {
      '@nx/enforce-module-boundaries': moduleBoundaries(true),
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [apps] }],
      'no-restricted-syntax': ['error', alone],
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
    },
  },
];
