import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { announcedDesks } from './announced';

/** Chromium without what phones home; no sandbox only because tests may run as root. */
const switches = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // a page lives for seconds: what is optimised meanwhile is gone before it pays
  // what is compiled stays for the next page of the profile
  '--js-flags=--no-opt --no-maglev --no-flush-bytecode',
  '--process-per-site',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

export interface Viewport {
  readonly width: number;
  readonly height: number;
}

export interface Sitting {
  readonly language: 'zh-CN' | 'en';
  readonly viewport: Viewport;
  readonly phone: boolean;
}

/**
 * What a browser knows is one profile: nobody else's cookies, nothing of what another kept. One Chromium has them all, for all spec files of a process. A
 * profile that was left is wiped and lent again with the app already loaded once, as at a desk where somebody sat before; a phone is always new.
 */
export class Profiles {
  private chromium?: Promise<Browser>;
  private readonly kinds = new Map<BrowserContext, string>();
  private readonly free = new Map<string, BrowserContext[]>();

  async take(sitting: Sitting): Promise<BrowserContext> {
    const kind = JSON.stringify(sitting);
    const browser = await this.running();
    const left = sitting.phone ? undefined : this.free.get(kind)?.pop();
    if (left?.browser()?.isConnected()) return left;
    const context = await newProfile(browser, sitting);
    if (sitting.phone) return context;
    await keepProcess(context);
    this.kinds.set(context, kind);
    return context;
  }

  async giveBack(context: BrowserContext, origin: string): Promise<void> {
    const kind = this.kinds.get(context);
    const [keeper, ...pages] = context.pages();
    if (kind === undefined || !keeper) return context.close();
    for (const page of pages) await page.close();
    await wipe(keeper, origin);
    this.free.set(kind, [...(this.free.get(kind) ?? []), context]);
  }

  async end(): Promise<void> {
    await (await this.chromium)?.close();
  }

  private async running(): Promise<Browser> {
    const browser = await this.chromium;
    if (browser?.isConnected()) return browser;
    this.chromium = chromium.launch({ executablePath: announcedDesks().chromium, args: switches });
    return this.chromium;
  }
}

async function newProfile(browser: Browser, { language, viewport, phone }: Sitting): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport,
    hasTouch: phone,
    locale: language,
    acceptDownloads: true,
    reducedMotion: 'reduce',
  });
  await context.addInitScript((chosen) => {
    if (!localStorage.getItem('shidang.language')) localStorage.setItem('shidang.language', chosen);
  }, language);
  // asking for paper is counted; a dialog of the browser would stand in the way of `page.pdf`
  await context.addInitScript(() => {
    const counted = { printed: 0, print: () => void Object.assign(globalThis, { printed: ++counted.printed }) };
    Object.assign(globalThis, counted);
  });
  return context;
}

/**
 * A page that does nothing: Chromium compiles a script once for a process, keeps nothing of that on disk for such a profile, and the process ends with the last page
 * of the site.
 */
async function keepProcess(context: BrowserContext): Promise<void> {
  const keeper = await context.newPage();
  await keeper.goto(`${announcedDesks().url}/console/manifest.json`);
}

/** Whatever a page of this origin kept, what a tab keeps with its tab; what the browser fetched and compiled stays. */
async function wipe(keeper: Page, origin: string): Promise<void> {
  const context = keeper.context();
  const session = await context.newCDPSession(keeper);
  const storageTypes = 'cookies,local_storage,indexeddb,cache_storage,service_workers,file_systems';
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes });
  await session.detach();
  await context.clearCookies();
}
