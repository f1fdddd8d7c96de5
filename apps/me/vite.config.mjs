import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path) => fileURLToPath(new URL(`../../libs/${path}`, import.meta.url));

/** What stays the same while our own code changes. */
const vendors = [
  { name: 'vendor', test: /node_modules\/(preact|@tanstack|i18next|wouter|openapi-fetch|regexparam|idb-keyval)\// },
];

/** The service worker with the names of everything this build consists of. */
const worker = {
  name: 'shidang-worker',
  apply: 'build',
  generateBundle(_options, bundle) {
    const files = Object.keys(bundle)
      .filter((name) => name.startsWith('assets/'))
      .map((name) => `/me/${name}`)
      .sort();
    const build = createHash('sha256').update(files.join()).digest('hex').slice(0, 16);
    const source = readFileSync(new URL('./src/worker.js', import.meta.url), 'utf8')
      .replace("const build = '';", `const build = ${JSON.stringify(build)};`)
      .replace('const files = [];', `const files = ${JSON.stringify(files)};`);
    this.emitFile({ type: 'asset', fileName: 'worker.js', source });
  },
};

export default defineConfig({
  base: '/me/',
  plugins: [worker],
  // written for React, drawn by Preact (adr/0120)
  resolve: {
    alias: [
      { find: /^react\/jsx(-dev)?-runtime$/, replacement: 'preact/jsx-runtime' },
      { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
      { find: /^react(-dom)?$/, replacement: 'preact/compat' },
      { find: '@shidang/web-kit/activation', replacement: at('web-kit/src/activation/index.ts') },
      { find: '@shidang/web-kit/record', replacement: at('web-kit/src/record/index.ts') },
      { find: '@shidang/web-kit/review', replacement: at('web-kit/src/review/index.ts') },
      { find: '@shidang/web-kit/section-form', replacement: at('web-kit/src/section-form/index.ts') },
      { find: '@shidang/web-kit', replacement: at('web-kit/src/index.ts') },
      { find: '@shidang/access', replacement: at('access/src/index.ts') },
      { find: '@shidang/catalogue', replacement: at('catalogue/src/index.ts') },
      { find: '@shidang/client', replacement: at('client/src/index.ts') },
    ],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
  build: {
    target: 'es2020',
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // "use client" of packages that also render on servers says nothing here
    rolldownOptions: { checks: { moduleLevelDirective: false }, output: { codeSplitting: { groups: vendors } } },
  },
  server: { proxy: { '/api': process.env.SHIDANG_URL ?? 'http://127.0.0.1:8080' } },
});
