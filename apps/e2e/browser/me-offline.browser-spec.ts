import { demoPassword, demoSchools, demoTeachers } from '@shidang/seed';
import { eventually } from '@shidang/testing';
import type { Page } from 'playwright-core';
import type { Desk } from './desk/desk';
import { phones, useDesks } from './desk/desks';
import { widerThanThePhone } from './desk/phone-fit';
import type { Viewport } from './desk/profiles';

jest.setTimeout(180_000);

/** Letters only, for names have no digits; another in every run, for the same value again is no change. */
const stamp = Date.now()
  .toString(36)
  .replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));

const formerName = (page: Page) => page.getByLabel('曾用名');
const staffNo = (page: Page) => page.getByLabel('教职工号');
const saved = (page: Page) => page.getByRole('status').getByText(/^已保存 \d\d:\d\d$/);

async function write(page: Page, field: (page: Page) => ReturnType<Page['getByLabel']>, value: string) {
  await field(page).fill(value);
  await field(page).blur();
}

/** Until the worker has the app: then a reload needs no connection. */
const isKept = (desk: Desk) =>
  desk.page.evaluate(
    async () =>
      void (await (navigator as unknown as { serviceWorker: { ready: Promise<unknown> } }).serviceWorker.ready),
  );

/** Everything this device keeps, as text. */
const onDevice = (desk: Desk): Promise<string> =>
  desk.page.evaluate(async () => {
    const read = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(new Error(String(request.error)));
      });
    const kept: unknown[] = [{ ...localStorage }, { ...sessionStorage }];
    for (const { name } of await indexedDB.databases()) {
      const base = await read(indexedDB.open(name!));
      for (const store of base.objectStoreNames)
        kept.push(await read(base.transaction(store).objectStore(store).getAll()));
      base.close();
    }
    return JSON.stringify(kept);
  });

const [usual, small] = phones as readonly [Viewport, Viewport];

describe('a record on a phone, when things go wrong', () => {
  const desks = useDesks();
  const phone = (viewport: Viewport = small) => desks.now.as(demoTeachers.draft, { phone: true, viewport });

  it.each(phones)(
    'a connection lost in the middle, then a reload, at $width: what was typed comes back and is saved',
    async (viewport) => {
      const desk = await phone(viewport);
      const name = `离线${viewport.width === usual.width ? '甲' : '乙'}${stamp}`;
      desk.expectOutage();
      await desk.open('/sections/basic');
      await formerName(desk.page).waitFor();
      await isKept(desk);
      await desk.context.setOffline(true);
      await write(desk.page, formerName, name);
      await desk.page.getByText('离线，已存本机').waitFor();
      await desk.axe();
      await desk.screenshot(`me-offline-${viewport.width}`);
      await desk.page.reload();
      await desk.page.getByText('没有网络').waitFor({ timeout: 60_000 });
      await desk.context.setOffline(false);
      await formerName(desk.page).waitFor({ timeout: 60_000 });
      expect(await formerName(desk.page).inputValue()).toBe(name);
      await saved(desk.page).waitFor({ timeout: 60_000 });
    },
  );

  it('sensitive values stay on no shared device; one’s own opens and fills in without a connection', async () => {
    const desk = await phone();
    // what was kept proves nothing: the first write is refused, it is asked whose session it is, and goes on
    desk.expectStatus(403);
    desk.expectOutage();
    await desk.open('/sections/contact');
    await desk.page.getByLabel('手机', { exact: true }).waitFor();
    await isKept(desk);
    await desk.context.setOffline(true);
    await write(desk.page, (page) => page.getByLabel('手机', { exact: true }), '13900001234');
    await desk.page.getByText('离线；号码类内容不存本机').waitFor();
    expect(await onDevice(desk)).not.toContain('1390000');
    await desk.context.setOffline(false);
    await saved(desk.page).waitFor({ timeout: 60_000 });

    await desk.open('/account');
    await desk.page.getByLabel('这是我自己的手机').check();
    await desk.axe();
    await desk.open('/');
    await desk.page.getByRole('link', { name: /^基本信息/ }).waitFor();
    await eventually(async () => /"section","basic"/.test(await onDevice(desk)), 'the section lies on the device', {
      timeout: 30_000,
      every: 300,
    });
    await desk.context.setOffline(true);
    await desk.open('/sections/basic');
    await formerName(desk.page).waitFor({ timeout: 60_000 });
    await write(desk.page, formerName, `自己${stamp}`);
    await desk.page.getByText('离线，已存本机').waitFor();
    await desk.context.setOffline(false);
    await saved(desk.page).waitFor({ timeout: 60_000 });
  });

  it('two devices: what only one changed is merged, what both changed is asked', async () => {
    const [first, second] = [await phone(usual), await phone(small)];
    first.expectStatus(412);
    second.expectStatus(412);
    for (const desk of [first, second]) {
      await desk.open('/sections/basic');
      await formerName(desk.page).waitFor();
    }
    await write(first.page, staffNo, `A-${stamp}`);
    await saved(first.page).waitFor();
    await write(second.page, formerName, `乙${stamp}`);
    await second.page.getByText('教职工号 刚被他人修改，已合并').waitFor();
    await saved(second.page).waitFor();
    await write(first.page, formerName, `丁${stamp}`);
    const dialog = first.page.getByRole('dialog');
    await dialog.getByText(`他人填的：乙${stamp}`).waitFor();
    await first.axe();
    await first.page.setViewportSize(small);
    await first.axe();
    await dialog.getByText(`他人填的：乙${stamp}`).click();
    await dialog.getByRole('button', { name: '确定' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await formerName(first.page).inputValue()).toBe(`乙${stamp}`);
    expect(await staffNo(first.page).inputValue()).toBe(`A-${stamp}`);
  });

  it.each(phones)(
    'a session that ends asks for the log-in over the page, at $width, and the value is saved',
    async (viewport) => {
      const desk = await phone(viewport);
      const name = `过期${viewport.width === usual.width ? '甲' : '乙'}${stamp}`;
      desk.expectStatus(401);
      await desk.open('/sections/basic');
      await formerName(desk.page).waitFor();
      await desk.context.clearCookies();
      await write(desk.page, formerName, name);
      const dialog = desk.page.getByRole('dialog');
      await dialog.getByText('登录已过期').waitFor();
      await desk.axe();
      await dialog.getByLabel('密码', { exact: true }).fill(demoPassword);
      await dialog.getByRole('button', { name: '登录', exact: true }).click();
      await saved(desk.page).waitFor();
      expect(await formerName(desk.page).inputValue()).toBe(name);
    },
  );

  it('speaks English; large text makes everything larger', async () => {
    const desk = await desks.now.as(demoTeachers.draft, { phone: true, language: 'en', viewport: small });
    await desk.open('/account');
    await desk.page.getByLabel('Large text').check();
    await desk.open('/');
    await desk.page.getByRole('link', { name: /^Education/ }).waitFor();
    expect(await desk.page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe('20px');
    expect(await desk.page.locator('main').innerText()).not.toMatch(/填写|提交|审核/);
    await desk.axe();
    await desk.screenshot('me-large-text');
    await desk.page.getByRole('link', { name: /^Education/ }).click();
    await desk.page.getByRole('link', { name: 'Add a row' }).waitFor();
    expect(await widerThanThePhone(desk)).toEqual([]);
    await desk.screenshot('me-large-section');
  });

  it('who works at a desk finds the console, the language and the way out', async () => {
    const desk = await desks.now.as(`info@${demoSchools.primary}`, { phone: true, viewport: small });
    await desk.open('/');
    await desk.page.getByRole('link', { name: '打开管理端' }).waitFor();
    await desk.axe();
    await desk.screenshot('me-elsewhere');
    await desk.page.getByRole('button', { name: 'English' }).click();
    await desk.page.getByRole('link', { name: 'Open the console' }).waitFor();
    await desk.page.getByRole('button', { name: 'Log out' }).click();
    await desk.page.getByLabel('Log-in name').waitFor();
  });
});
