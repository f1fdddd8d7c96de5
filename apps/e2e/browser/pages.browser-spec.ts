import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoAccounts } from '@shidang/seed';
import type { Desk } from './desk/desk';
import { useDesks } from './desk/desks';

jest.setTimeout(240_000);

const features = join(__dirname, '../../console/src/features');

/** The paths of every feature without parameters, as their routes name them. */
const paths = readdirSync(features)
  .flatMap((name) => {
    const source = readFileSync(join(features, name, 'feature.ts'), 'utf8');
    return [...source.matchAll(/path: '([^']*)'/g)].map(([, path]) => path!);
  })
  .filter((path, index, all) => !path.includes('$') && all.indexOf(path) === index);

/** One account of each role and tier. */
const people = demoAccounts
  .map(({ account }) => account)
  .filter((account) => /^(sys|info|view|head|audit|ops)@(000000|331100|331102|2133110001)$/.test(account));

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

  it('there are pages', () => expect(paths.length).toBeGreaterThan(0));

  test.each(people)(
    'of %s: axe finds nothing serious, the browser has no complaint, the menu leads where one may go',
    async (account) => {
      const desk = await desks.now.as(account);
      await desk.open('/');
      await settled(desk);
      for (const path of await menuOf(desk)) {
        await desk.open(path);
        expect([path, await settled(desk)]).not.toEqual([path, '您的岗位不能使用此页面']);
        await desk.axe();
      }
      desk.quiet();
      await desk.leave();
    },
  );

  test.each(people)('that %s may not use is not in the menu and refused by its URL', async (account) => {
    const desk = await desks.now.as(account);
    await desk.open('/');
    await settled(desk);
    const offered = await menuOf(desk);
    for (const path of paths.filter((each) => !offered.includes(each))) {
      await desk.open(path);
      const said = desk.page.getByRole('heading', { level: 1 });
      await said.first().waitFor();
      // public pages and pages inside a feature stand in no menu and may be open; none may be drawn and then refused by the server
      if ((await said.first().textContent()) === '您的岗位不能使用此页面')
        await desk.page.getByText('需要的权限').waitFor();
    }
    desk.quiet();
    await desk.leave();
  });

  it('in English', async () => {
    for (const account of ['sys@331100', 'info@331102', 'info@2133110001']) {
      const desk = await desks.now.as(account, { language: 'en' });
      await desk.open('/');
      await settled(desk);
      for (const path of await menuOf(desk)) {
        await desk.open(path);
        await settled(desk);
        const words = await desk.page
          .locator('#content h1, #content button, #content th, #content label')
          .allInnerTexts();
        const chinese = words.filter((text) => /^[\u4e00-\u9fff、，。：；（）]+$/.test(text.trim()));
        expect([path, chinese]).toEqual([path, []]);
      }
      desk.quiet();
      await desk.leave();
    }
  });
});
