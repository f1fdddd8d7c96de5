import { demoPassword } from '@shidang/seed';
import { announcedDesks, type AnnouncedDesks } from './announced';
import { Desk } from './desk';
import type { Sitting, Viewport } from './profiles';

interface Wish extends Partial<Sitting> {
  /** `apps/me` instead of the console, on a screen to touch. */
  readonly phone?: boolean;
}
/** What the phone app is looked at on: a present phone, and a small old one. */
export const phones: readonly Viewport[] = [
  { width: 390, height: 844 },
  { width: 360, height: 640 },
];

/**
 * Who sits at browsers in one spec file:
 * ```ts
 * const desks = useDesks();
 * const desk = await desks.now.as('info@331102');   // logged in
 * const guest = await desks.now.guest();            // nobody
 * ```
 */
export class Desks {
  private readonly open = new Set<Desk>();
  private readonly opened: Desk[] = [];

  constructor(readonly system: AnnouncedDesks) {}

  async guest({ language = 'zh-CN', phone = false, viewport }: Wish = {}): Promise<Desk> {
    const sitting = { language, phone, viewport: viewport ?? (phone ? phones[0]! : { width: 1366, height: 768 }) };
    const context = await profiles.take(sitting);
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const desk = new Desk(page, context, this.system.url, phone ? '/me' : '/console', async () => {
      if (this.open.delete(desk)) await profiles.giveBack(context, this.system.url);
    });
    this.open.add(desk);
    this.opened.push(desk);
    return desk;
  }

  /** Logged in over HTTP, with the cookies a browser gets; the log-in page has a script of its own. */
  async as(loginName: string, wish: Wish & { password?: string } = {}): Promise<Desk> {
    const desk = await this.guest(wish);
    const answer = await desk.context.request.post(`${this.system.url}/api/v1/sessions`, {
      data: { loginName, password: wish.password ?? demoPassword },
    });
    if (!answer.ok()) throw new Error(`${loginName} cannot log in: ${answer.status()} ${await answer.text()}`);
    return desk;
  }

  /** `kill -9` of `gateway`, `records`, `nats` …; the supervisor starts it again. */
  async kill(app: string): Promise<void> {
    const answer = await fetch(`${this.system.plug}/kill/${app}`, { method: 'POST' });
    if (!answer.ok) throw new Error(`${app} cannot be killed: ${await answer.text()}`);
  }

  /** Those who sit here now stay; whoever comes from now on leaves when `leave` is called. */
  remember(): { readonly leave: () => Promise<void> } {
    const staying = new Set(this.open);
    return {
      leave: async () => {
        for (const desk of [...this.open].filter((each) => !staying.has(each))) await desk.leave();
      },
    };
  }

  /** Every desk that was opened had a quiet browser. */
  quiet(): void {
    for (const desk of this.opened) desk.quiet();
  }

  async close(): Promise<void> {
    for (const desk of this.open) await desk.leave();
  }
}

/** Whoever sat down in a test leaves after it, those of `beforeAll` after the file; all must have had quiet browsers. */
export function useDesks(): { readonly now: Desks } {
  const held: { now?: Desks; before?: ReturnType<Desks['remember']> } = {};
  beforeAll(() => {
    held.now = new Desks(announcedDesks());
  });
  beforeEach(() => {
    held.before = held.now?.remember();
  });
  afterEach(async () => held.before?.leave());
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
