import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoAccounts } from '@shidang/seed';
import type { Desk } from './desk/desk';
import { useDesks } from './desk/desks';

jest.setTimeout(240_000);

const features = join(__dirname, '../../console/src/features');

interface Page {
  readonly path: string;
  readonly needs: readonly string[];
}

/** Every page below the shell with what it demands, as its feature names them. */
const pages = readdirSync(features).flatMap((name): Page[] => {
  const source = readFileSync(join(features, name, 'feature.ts'), 'utf8');
  return [...source.matchAll(/path: '([^']*)',\s*permissions: \[([^\]]*)\]/g)].map(([, path, needs]) => ({
    path: path!.replace(/\$\w+/g, '0'),
    needs: [...needs!.matchAll(/'([^']+)'/g)].map(([, permission]) => permission!),
  }));
});

/** One account of each role and tier. */
const people = demoAccounts
  .map(({ account }) => account)
  .filter((account) => /^(sys|info|view|head|audit|ops)@(000000|331100|331102|2133110001)$/.test(account));

/** Who has the console in English; together they have every page. */
const inEnglish = new Set(['sys@331100', 'info@331102', 'info@2133110001', 'view@331102']);
/** The only one of his role: first in Chinese, then in English. */
const inBoth = 'audit@331100';

const refusal = ['您的岗位不能使用此页面', 'Your post may not use this page'];

/** A page is the same for a role at every tier but for its figures, and so is what a role may: axe reads and the door refuses once a role. */
const seen = new Set<string>();
function first(what: string, account: string): boolean {
  const key = `${account.split('@')[0]} ${what}`;
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}
async function axeOnce(desk: Desk, account: string, path: string): Promise<void> {
  if (first(path, account)) await desk.axe();
}

/** The page has said something: a heading of its own, and nothing is being loaded. */
async function settled(desk: Desk): Promise<string> {
  const heading = desk.page.locator('#content h1').first();
  await heading.waitFor();
  await desk.page.waitForFunction(() => !document.querySelector('#content [aria-busy="true"]'));
  return (await heading.textContent()) ?? '';
}

const menuOf = (desk: Desk) =>
  desk.page
    .getByRole('navigation')
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')!.replace('/console', '') || '/'));

describe('every page', () => {
  const desks = useDesks();

  it('there are pages', () => expect(pages.length).toBeGreaterThan(15));

  test.each(people)(
    'of %s: axe finds nothing serious, the browser has no complaint, the menu leads where one may go and nothing else does',
    async (account) => {
      const english = inEnglish.has(account);
      const desk = await desks.now.as(account, { language: english ? 'en' : 'zh-CN' });
      await desk.open('/');
      await settled(desk);
      const offered = await menuOf(desk);
      for (const path of offered) {
        if (path !== '/') await desk.go(path);
        expect([path, refusal.includes(await settled(desk))]).toEqual([path, false]);
        await axeOnce(desk, account, path);
        if (english) await speaksEnglish(desk, path);
      }
      if (first('refused', account)) await refusesTheRest(desk, offered);
      if (account === inBoth) {
        await desk.page.getByRole('button', { name: 'English' }).click();
        for (const path of offered) {
          await desk.go(path);
          await settled(desk);
          await speaksEnglish(desk, path);
        }
      }
      desk.quiet();
      await desk.leave();
    },
  );

  /** What somebody may not use is not in the menu and refused by its URL. */
  async function refusesTheRest(desk: Desk, offered: readonly string[]): Promise<void> {
    const answer = await desk.context.request.get(`${desk.url}/api/v1/me/permissions`);
    const { permissions } = (await answer.json()) as { permissions: string[] };
    const refused = pages.filter(({ needs }) => needs.some((permission) => !permissions.includes(permission)));
    expect(refused.length).toBeGreaterThan(0);
    for (const [at, { path }] of refused.entries()) {
      expect(offered).not.toContain(path);
      // one typed into the address bar, the others as a link somebody sent leads there
      await (at === 0 ? desk.open(path) : desk.go(path));
      expect([path, await settled(desk)]).toEqual([path, refusal[0]]);
      expect(await desk.page.locator('#content').innerText()).toContain('需要的权限');
    }
  }

  /** What the console says; headings may be the name of an organisation or a person. */
  async function speaksEnglish(desk: Desk, path: string): Promise<void> {
    const words = await desk.page.locator('#content button, #content th, #content label').allInnerTexts();
    const chinese = words.filter((text) => /^[\u4e00-\u9fff、，。：；（）]+$/.test(text.trim()));
    expect([path, chinese]).toEqual([path, []]);
  }
});
