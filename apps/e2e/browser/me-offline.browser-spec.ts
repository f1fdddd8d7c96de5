import { demoPassword, demoSchools, demoTeachers } from '@shidang/seed';
import { eventually } from '@shidang/testing';
import type { Page } from 'playwright-core';
import type { Desk } from './desk/desk';
import { phones, useDesks } from './desk/desks';
import { tooSmall, widerThanThePhone } from './desk/phone-fit';
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
      await desk.page.getByRole('heading', { name: '没有网络' }).waitFor({ timeout: 60_000 });
      await desk.page.getByText('没有保存的填写留在本机').waitFor();
      // asked once more, the words stay: no skeleton in their place
      await desk.page.evaluate(() =>
        new MutationObserver(() => {
          if (document.querySelector('.loading')) document.body.dataset['skeleton'] = 'seen';
        }).observe(document.body, { childList: true, subtree: true }),
      );
      const failed = desk.page.waitForEvent('requestfailed');
      await desk.page.getByRole('button', { name: '重试' }).click();
      await failed;
      expect(await desk.page.evaluate(() => document.body.dataset['skeleton'])).toBeUndefined();
      await desk.axe();
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

    // who logs out is told what that loses; then nothing stays here, with or without a connection
    await desk.context.setOffline(true);
    await write(desk.page, formerName, `退出${stamp}`);
    await desk.page.getByText('离线，已存本机').waitFor();
    const out = desk.page.getByRole('button', { name: '退出登录' });
    const dialog = desk.page.getByRole('dialog', { name: '有 1 处没有保存' });
    await desk.open('/account');
    await out.click();
    await desk.axe();
    await dialog.getByRole('button', { name: '去看看' }).click();
    await formerName(desk.page).waitFor();
    await desk.open('/account');
    await out.click();
    await dialog.getByRole('button', { name: '仍然退出' }).click();
    await desk.page.getByText('本机内容已清除。没有连上服务器').waitFor();
    await desk.axe();
    const left = await onDevice(desk);
    for (const kept of [`退出${stamp}`, '"section","basic"', 'shidang.me.personal']) expect(left).not.toContain(kept);
    await desk.page.reload();
    await desk.page.getByLabel('登录名').waitFor();
  });

  it('a log-out without a connection ends the session once there is one', async () => {
    const desk = await phone();
    desk.expectOutage();
    await desk.open('/account');
    const out = desk.page.getByRole('button', { name: '退出登录' });
    await out.waitFor();
    const me = async () => (await desk.context.request.get(`${desk.url}/api/v1/me`)).status();
    await desk.context.setOffline(true);
    await out.click();
    await desk.page.getByText('本机内容已清除。没有连上服务器').waitFor();
    await desk.context.setOffline(false);
    await eventually(async () => (await me()) === 401, 'the session has ended', { timeout: 30_000, every: 300 });
  });

  it('what was kept is sent from the list; what cannot be stands in the way of a submission until it is let go', async () => {
    const desk = await phone();
    desk.expectOutage();
    desk.expectStatus(422);
    const name = `先前${stamp}`;
    await desk.open('/sections/basic');
    await formerName(desk.page).waitFor();
    await isKept(desk);
    await desk.context.setOffline(true);
    await write(desk.page, formerName, name);
    await desk.page.getByText('离线，已存本机').waitFor();
    await desk.open('/');
    await desk.page.getByText('没有网络').waitFor({ timeout: 60_000 });
    await desk.context.setOffline(false);
    const basic = desk.page.getByRole('link', { name: /^基本信息/ });
    await basic.waitFor({ timeout: 60_000 });
    await eventually(async () => !/未保存/.test(await basic.innerText()), 'the list has sent it', {
      timeout: 30_000,
      every: 200,
    });
    await basic.click();
    await formerName(desk.page).waitFor();
    expect(await formerName(desk.page).inputValue()).toBe(name);
    expect(await onDevice(desk)).not.toContain(name);

    await write(desk.page, formerName, '若兰123');
    await desk.page.getByText('有内容未保存').waitFor();
    await desk.open('/check');
    await desk.page.getByText('有 1 处未保存').waitFor();
    await desk.page.getByLabel(/^本人声明/).check();
    expect(await desk.page.getByRole('button', { name: '提交审核' }).isDisabled()).toBe(true);
    await desk.axe();
    expect(await widerThanThePhone(desk)).toEqual([]);
    await desk.page.getByRole('button', { name: '放弃未保存的基本信息' }).click();
    await desk.page.getByRole('dialog').getByRole('button', { name: '放弃' }).click();
    await desk.page.getByText('有 1 处未保存').waitFor({ state: 'hidden' });
    await desk.page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  it('what was kept of a value that somebody changed since is suggested, not saved', async () => {
    const [first, second] = [await phone(usual), await phone(small)];
    first.expectOutage();
    await first.open('/sections/basic');
    await formerName(first.page).waitFor();
    await isKept(first);
    await first.context.setOffline(true);
    await write(first.page, formerName, `旧稿${stamp}`);
    await first.page.getByText('离线，已存本机').waitFor();
    await first.page.reload();
    await first.page.getByText('没有网络').waitFor({ timeout: 60_000 });
    await second.open('/sections/basic');
    await formerName(second.page).waitFor();
    await write(second.page, formerName, `新稿${stamp}`);
    await saved(second.page).waitFor();
    await first.context.setOffline(false);
    await first.page.getByText('您之前在本机填过').waitFor({ timeout: 60_000 });
    expect(await formerName(first.page).inputValue()).toBe(`新稿${stamp}`);
    await first.axe();
    await first.page.getByRole('button', { name: '使用' }).click();
    await saved(first.page).waitFor();
    expect(await formerName(first.page).inputValue()).toBe(`旧稿${stamp}`);
  });

  it('a new row has its own address from its first value on; one that is gone says so', async () => {
    const desk = await phone();
    await desk.open('/sections/work/new');
    await desk.page.getByLabel('任职单位名称').fill(`小学${stamp}`);
    await desk.page.getByLabel('任职开始年月').focus();
    await saved(desk.page).waitFor();
    await desk.page.waitForURL(/\/sections\/work\/[0-9a-f-]{36}$/);
    expect(await desk.page.evaluate(() => document.activeElement?.id)).toBe('work-startMonth');
    await desk.page.reload();
    await desk.page.getByLabel('任职单位名称').waitFor();
    expect(await desk.page.getByLabel('任职单位名称').inputValue()).toBe(`小学${stamp}`);
    const address = desk.page.url();
    await desk.page.getByRole('button', { name: '删除这一条' }).click();
    await desk.page.getByRole('dialog').getByRole('button', { name: '删除这一条' }).click();
    await desk.page.getByRole('heading', { name: '工作经历' }).waitFor();
    await desk.page.goto(address);
    await desk.page.getByText('这一条已不存在').waitFor();
    await desk.axe();
  });

  it('a new row that the list is sending is not made twice by the pages that open meanwhile', async () => {
    const desk = await phone();
    desk.expectOutage();
    const employer = desk.page.getByLabel('任职单位名称');
    await desk.open('/sections/work/new');
    await employer.waitFor();
    await isKept(desk);
    await desk.context.setOffline(true);
    await employer.fill(`中学${stamp}`);
    await desk.page.getByLabel('任职开始年月').focus();
    await desk.page.getByText('离线，已存本机').waitFor();
    await desk.open('/');
    await desk.page.getByText('没有网络').waitFor({ timeout: 60_000 });
    let [posts, release] = [0, () => {}];
    const slow = new Promise<void>((resolve) => (release = resolve));
    await desk.page.route('**/sections/work/entries', async (route) => {
      posts += 1;
      await slow;
      await route.continue();
    });
    await desk.context.setOffline(false);
    const work = desk.page.getByRole('link', { name: /^工作经历/ });
    await work.waitFor({ timeout: 60_000 });
    await eventually(() => posts === 1, 'the list sends it', { timeout: 30_000 });
    await work.click();
    await desk.page.getByRole('link', { name: '新增一条' }).click();
    await employer.waitFor();
    expect(await employer.inputValue()).toBe(`中学${stamp}`);
    release();
    await desk.page.waitForURL(/\/sections\/work\/[0-9a-f-]{36}$/);
    expect(posts).toBe(1);
    await desk.page.getByRole('button', { name: '删除这一条' }).click();
    await desk.page.getByRole('dialog').getByRole('button', { name: '删除这一条' }).click();
    await desk.page.getByRole('heading', { name: '工作经历' }).waitFor();
    await desk.page.getByText(`中学${stamp}`).waitFor({ state: 'hidden' });
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
    await second.page.getByText('教职工号 刚在别处修改过，已合并').waitFor();
    await saved(second.page).waitFor();
    await write(first.page, formerName, `丁${stamp}`);
    const dialog = first.page.getByRole('dialog');
    await dialog.getByText(`别处填的：乙${stamp}`).waitFor();
    await first.axe();
    await first.page.setViewportSize(small);
    await first.axe();
    await dialog.getByText(`别处填的：乙${stamp}`).click();
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

  it('a post that is not a teacher’s has no record of its own: no page opens a stranger’s', async () => {
    for (const [account, home] of [
      ['info@331102', '请在电脑端办理'],
      [`head@${demoSchools.primary}`, '待我审核'],
    ] as const) {
      const desk = await desks.now.as(account, { phone: true, viewport: small });
      const asked: string[] = [];
      desk.page.on('request', (request) => {
        if (/\/api\/v1\/(teachers|corrections)/.test(request.url())) asked.push(request.url());
      });
      for (const path of ['/sections/basic', '/sections/work/new', '/check', '/history', '/viewers', '/corrections']) {
        await desk.open(path);
        await desk.page.getByRole('heading', { name: home }).waitFor();
        expect([path, new URL(desk.page.url()).pathname.replace(/\/$/, '')]).toEqual([path, '/me']);
      }
      await desk.open('/account');
      await desk.page.getByRole('button', { name: '退出登录' }).waitFor();
      expect(await desk.page.getByRole('button', { name: '下载本人档案' }).count()).toBe(0);
      expect(await tooSmall(desk)).toEqual([]);
      expect(asked).toEqual([]);
    }
  });

  it('who works at a desk finds the console, the language and the way out', async () => {
    const desk = await desks.now.as(`info@${demoSchools.primary}`, { phone: true, viewport: small });
    await desk.open('/');
    await desk.page.getByRole('link', { name: '打开管理端' }).waitFor();
    expect(await desk.page.title()).toBe('请在电脑端办理 · 师档');
    expect(await tooSmall(desk)).toEqual([]);
    await desk.axe();
    await desk.screenshot('me-elsewhere');
    await desk.page.getByRole('button', { name: 'English' }).click();
    await desk.page.getByRole('link', { name: 'Open the console' }).waitFor();
    await desk.page.getByRole('button', { name: 'Log out' }).click();
    await desk.page.getByLabel('Log-in name').waitFor();
  });
});
