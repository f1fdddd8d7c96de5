import { chromium, type Browser } from 'playwright-core';
import { demoPassword } from '@shidang/seed';
import { announcedDesks, type AnnouncedDesks } from './announced';
import { Desk } from './desk';

/** Chromium without what phones home; no sandbox only because tests may run as root. */
const switches = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

export interface Viewport {
  readonly width: number;
  readonly height: number;
}

interface Sitting {
  readonly language?: 'zh-CN' | 'en';
  readonly viewport?: Viewport;
  /** `apps/me` instead of the console, on a screen to touch. */
  readonly phone?: boolean;
}

/** What the phone app is looked at on: a present phone, and a small old one. */
export const phones: readonly Viewport[] = [
  { width: 390, height: 844 },
  { width: 360, height: 640 },
];

/**
 * The browser of one spec file:
 * ```ts
 * const desks = useDesks();
 * const desk = await desks.as('info@331102');   // logged in
 * const guest = await desks.guest();            // nobody
 * ```
 */
export class Desks {
  private readonly open: Desk[] = [];

  constructor(
    private readonly browser: Browser,
    readonly system: AnnouncedDesks,
  ) {}

  async guest({ language = 'zh-CN', phone = false, viewport }: Sitting = {}): Promise<Desk> {
    const context = await this.browser.newContext({
      viewport: viewport ?? (phone ? phones[0]! : { width: 1366, height: 768 }),
      hasTouch: phone,
      locale: language,
      acceptDownloads: true,
    });
    await context.addInitScript((chosen) => {
      if (!localStorage.getItem('shidang.language')) localStorage.setItem('shidang.language', chosen);
    }, language);
    // asking for paper is counted; a dialog of the browser would stand in the way of `page.pdf`
    await context.addInitScript(() => {
      const counted = { printed: 0, print: () => void Object.assign(globalThis, { printed: ++counted.printed }) };
      Object.assign(globalThis, counted);
    });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const desk = new Desk(page, context, this.system.url, phone ? '/me' : '/console');
    this.open.push(desk);
    return desk;
  }

  /** Logged in over HTTP, with the cookies a browser gets; the log-in page has a script of its own. */
  async as(loginName: string, sitting: Sitting & { password?: string } = {}): Promise<Desk> {
    const desk = await this.guest(sitting);
    const answer = await desk.context.request.post(`${this.system.url}/api/v1/sessions`, {
      data: { loginName, password: sitting.password ?? demoPassword },
    });
    if (!answer.ok()) throw new Error(`${loginName} cannot log in: ${answer.status()} ${await answer.text()}`);
    return desk;
  }

  /** `kill -9` of `gateway`, `records`, `nats` …; the supervisor starts it again. */
  async kill(app: string): Promise<void> {
    const answer = await fetch(`${this.system.plug}/kill/${app}`, { method: 'POST' });
    if (!answer.ok) throw new Error(`${app} cannot be killed: ${await answer.text()}`);
  }

  /** Every desk that was opened had a quiet browser. */
  quiet(): void {
    for (const desk of this.open) desk.quiet();
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

/** One Chromium for a spec file; after each file its desks must have been quiet. */
export function useDesks(): { readonly now: Desks } {
  const held: { now?: Desks } = {};
  beforeAll(async () => {
    const system = announcedDesks();
    const browser = await chromium.launch({ executablePath: system.chromium, args: switches });
    held.now = new Desks(browser, system);
  }, 60_000);
  afterAll(async () => {
    try {
      held.now?.quiet();
    } finally {
      await held.now?.close();
    }
  });
  return {
    get now() {
      if (!held.now) throw new Error('no browser yet: desks open in tests and hooks');
      return held.now;
    },
  };
}
