import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const lib = (path) => fileURLToPath(new URL(`../../libs/${path}/src/index.ts`, import.meta.url));
/** Apart from the rest of web-kit: what the first load does without. */
const kit = (part) => fileURLToPath(new URL(`../../libs/web-kit/src/${part}/index.ts`, import.meta.url));

/** What every page needs, in chunks that stay the same while our own code changes. */
const vendors = [
  { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
  { name: 'tanstack', test: /node_modules\/@tanstack\// },
  // what lists and forms share, with what it stands on: else one chunk of all of it grows beyond the budget of a page
  {
    name: 'choices',
    test: /node_modules\/(antd\/es\/(select|tree|tree-select)|@rc-component\/(select|tree|tree-select|virtual-list))\//,
  },
  { name: 'tables', test: /node_modules\/(antd\/es\/(table|pagination)|@rc-component\/(table|pagination))\// },
];

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  resolve: {
    alias: {
      '@shidang/access': lib('access'),
      '@shidang/catalogue': lib('catalogue'),
      '@shidang/client': lib('client'),
      '@shidang/web-kit/activation': kit('activation'),
      '@shidang/web-kit/record': kit('record'),
      '@shidang/web-kit/review': kit('review'),
      '@shidang/web-kit/section-form': kit('section-form'),
      '@shidang/web-kit': lib('web-kit'),
    },
  },
  build: {
    target: 'es2022',
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: { output: { codeSplitting: { groups: vendors } } },
  },
  server: { proxy: { '/api': process.env.SHIDANG_URL ?? 'http://127.0.0.1:8080' } },
});
