import { axeViolations } from './axe';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const wanted = Boolean(process.env['SCREENSHOTS']);
const elsewhere = join(__dirname, '../../../../.local/screenshots');
const ofReadme = join(__dirname, '../../screenshots');

/** What the browser said that nobody wants to hear: errors of the console, uncaught exceptions, requests to other hosts. */
class Complaints {
  readonly said: string[] = [];

  constructor(
    private readonly page: Page,
    private readonly origin: string,
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error' && !this.isExpected(message.text()))
        this.said.push(`console: ${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => this.said.push(`uncaught: ${error.message}`));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(this.origin) && !/^(data|blob|about):/.test(url)) this.said.push(`foreign host: ${url}`);
    });
  }

  /** Chromium writes every refused or lost request into its console; what was refused on purpose is no complaint. */
  private isExpected(text: string): boolean {
    return this.expected.some((each) => each.test(text));
  }

  readonly expected: RegExp[] = [];
}

/**
 * One person at one browser, at a desk or on a phone. Acts through `click`, `press`, `type`, so that what a job costs is counted: `clicks` of the mouse, `keys` pressed as commands
 * (shortcuts, Enter, Tab …); typing text and choosing a file are the work itself and count as neither.
 */
export class Desk {
  clicks = 0;
  keys = 0;
  private readonly complaints: Complaints;

  constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    readonly url: string,
    /** Where its app is served. */
    private readonly base: '/console' | '/me',
    /** Somebody else may sit down here. */
    readonly leave: () => Promise<void>,
  ) {
    this.complaints = new Complaints(page, url);
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.url}${this.base}${path}`);
  }

  /**
   * As a click on a link of the console leads there: the router's own way, without loading everything anew. Settles when the page before is gone; at
   * once where it is the same page with another question, whose answer is to be waited for.
   */
  async go(path: string): Promise<void> {
    await this.page.evaluate(
      async ({ to, patience }) => {
        if (new URL(to, location.href).pathname !== location.pathname)
          document.querySelector('#content h1')?.setAttribute('data-left', '');
        history.pushState(null, '', to);
        dispatchEvent(new PopStateEvent('popstate'));
        // told by the document: Playwright looks again after half a second
        await new Promise<void>((settled, failed) => {
          const isThere = () =>
            document.querySelector('#content h1:not([data-left])')?.checkVisibility({ visibilityProperty: true });
          const watch = new MutationObserver(() => isThere() && end(settled));
          const tooLong = setTimeout(() => end(() => failed(new Error(`${to} shows no heading`))), patience);
          const end = (then: () => void) => {
            watch.disconnect();
            clearTimeout(tooLong);
            then();
          };
          watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
          if (isThere()) end(settled);
        });
      },
      { to: `/console${path}`, patience: 30_000 },
    );
  }

  async click(target: Locator): Promise<void> {
    this.clicks += 1;
    await target.click();
  }

  async press(key: string): Promise<void> {
    this.keys += 1;
    await this.page.keyboard.press(key);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Puts text where the focus is, as Ctrl+V would after copying from a sheet. Counts as one key. */
  async paste(text: string): Promise<void> {
    this.keys += 1;
    await this.page.evaluate((content) => {
      const data = new DataTransfer();
      data.setData('text/plain', content);
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      const target = document.activeElement ?? document.body;
      if (target.dispatchEvent(event)) document.execCommand('insertText', false, content);
    }, text);
  }

  /** Starts the count of a job. */
  count(): void {
    this.clicks = 0;
    this.keys = 0;
  }

  /** Answers of these statuses are part of the test (Chromium logs each as an error). */
  expectStatus(...statuses: number[]): void {
    for (const status of statuses)
      this.complaints.expected.push(new RegExp(`the server responded with a status of ${status}`));
  }

  /** The server goes away in this test. */
  expectOutage(): void {
    this.complaints.expected.push(/net::ERR_/, /status of (502|503|504)/);
  }

  /** Axe finds nothing serious or critical on what is open now. */
  async axe(): Promise<void> {
    const found = await axeViolations(this.page);
    if (found.length > 0) throw new Error(`axe on ${this.page.url()}:\n${found.join('\n')}`);
  }

  /** Which characters of what stands at `target` are drawn as the box of a missing glyph; none for a name that is right. */
  async boxesIn(target: Locator): Promise<string> {
    return target.evaluate((element) => {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 48;
      const pen = canvas.getContext('2d', { willReadFrequently: true })!;
      const style = getComputedStyle(element);
      const drawn = (letter: string): string => {
        pen.clearRect(0, 0, 48, 48);
        pen.font = `${style.fontWeight} 32px ${style.fontFamily}`;
        pen.fillText(letter, 4, 38);
        return pen.getImageData(0, 0, 48, 48).data.join('');
      };
      // no font has this one: it is drawn as whatever stands for a missing glyph
      const missing = drawn('\u{10fffd}');
      return [...new Set(element.textContent ?? '')]
        .filter((letter) => /\S/.test(letter) && drawn(letter) === missing)
        .join('');
    });
  }

  /** Taken with SCREENSHOTS=1: those README shows, which are committed, to `apps/e2e/screenshots`, others to `.local/screenshots`. */
  async screenshot(name: string): Promise<void> {
    if (!wanted) return;
    mkdirSync(elsewhere, { recursive: true });
    const place = existsSync(join(ofReadme, `${name}.png`)) ? ofReadme : elsewhere;
    await this.page.screenshot({ path: join(place, `${name}.png`), animations: 'disabled', caret: 'hide' });
  }

  /** How often the page that is open asked for the printer. */
  printed(): Promise<number> {
    return this.page.evaluate(() => (globalThis as unknown as { printed: number }).printed);
  }

  /** No error of the console, no exception, no request to a foreign host since the desk was opened. */
  quiet(): void {
    if (this.complaints.said.length > 0) throw new Error(this.complaints.said.join('\n'));
  }
}
