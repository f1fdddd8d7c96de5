import { fromRoot } from '../workspace';

const isUnbundled = (): boolean => process.env['SHIDANG_UNBUNDLED'] === '1';

/** The bundle of tools/dev/build-services.mjs; `SHIDANG_UNBUNDLED=1`: the same file by file, so that a profile names them. */
export const mainOf = (app: string): string =>
  isUnbundled() ? fromRoot('dist/apps', app, 'src/main.js') : fromRoot('dist/services', `${app}.js`);

/** What Node is given to run an app, or with one of its verbs behind it; what was compiled of a bundle is kept between starts (ADR 0137). */
export const runOf = (app: string): string[] => [
  ...(isUnbundled() ? ['--enable-source-maps'] : ['--require', fromRoot('dist/tools/dev/preload/kept-code.js')]),
  mainOf(app),
];
