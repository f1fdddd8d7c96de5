import { demoPassword } from '@shidang/seed';
import type { Desk } from './desk/desk';
import { useDesks } from './desk/desks';

jest.setTimeout(60_000);

describe('log-in', () => {
  const desks = useDesks();

  it('leads to the workbench, and back to where one wanted to go', async () => {
    const desk = await desks.now.guest();
    await desk.open('/password');
    await desk.page.getByRole('heading', { name: '师档' }).waitFor();
    await desk.axe();
    await desk.screenshot('log-in');
    await desk.page.getByLabel('登录名').fill('info@331102');
    await desk.page.getByLabel('密码', { exact: true }).fill('Oujiang-Qingshan-26');
    await desk.press('Enter');
    await desk.page.getByRole('heading', { name: '修改密码' }).waitFor();
    await desk.axe();
  });

  it('names what is missing, and what the server said', async () => {
    const desk = await desks.now.guest();
    desk.expectStatus(401);
    await desk.open('/');
    await desk.page.getByRole('button', { name: '登录' }).click();
    const summary = desk.page.getByRole('alert');
    await summary.getByText('请填写登录名').waitFor();
    expect(await desk.page.evaluate(() => document.activeElement?.className)).toContain('sd-error-summary');
    await desk.page.getByLabel('登录名').fill('info@331102');
    await desk.page.getByLabel('密码', { exact: true }).fill('not-this-one-26');
    await desk.press('Enter');
    await desk.page.getByRole('alert').getByText('登录名或密码').waitFor();
    expect(await desk.page.getByLabel('登录名').inputValue()).toBe('info@331102');
  });

  it('speaks English when asked', async () => {
    const desk = await desks.now.as('info@331102', { language: 'en' });
    await desk.open('/');
    await desk.page.getByRole('button', { name: 'Keys' }).waitFor();
    expect(await desk.page.locator('html').getAttribute('lang')).toBe('en');
    await desk.axe();
  });

  it('as somebody else after a log-out starts afresh: nothing of before asks for the log-in again', async () => {
    const desk = await desks.now.as('info@331121');
    await desk.open('/');
    await desk.page.locator('#content h1').waitFor();
    const refused: string[] = [];
    desk.page.on('response', (response) => void (response.status() === 401 && refused.push(response.url())));
    await desk.page.getByRole('button', { name: /账号菜单/ }).click();
    await desk.page.getByRole('menuitem', { name: '退出登录' }).click();
    await desk.page.getByLabel('登录名').fill('info@331102');
    await desk.page.getByLabel('密码', { exact: true }).fill('Oujiang-Qingshan-26');
    await desk.press('Enter');
    await desk.page.locator('#content h1').waitFor();
    expect(refused).toEqual([]);
    expect(await desk.page.getByRole('dialog').count()).toBe(0);
  });

  it('comes back over a page whose session has ended, and the page goes on', async () => {
    const desk = await desks.now.as('info@331121');
    desk.expectStatus(401);
    await desk.open('/password');
    await desk.page.getByLabel('当前密码').fill('Oujiang-Qingshan-26');
    await desk.page.getByLabel('新密码', { exact: true }).fill('short');
    await desk.page.getByLabel('再输一次新密码').fill('short');
    await desk.context.clearCookies();
    await desk.page.getByRole('button', { name: '保存' }).click();
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByText('登录已过期').waitFor();
    await desk.axe();
    desk.expectStatus(422);
    await dialog.getByLabel('密码', { exact: true }).fill('Oujiang-Qingshan-26');
    await desk.press('Enter');
    // the change itself was sent again after the log-in, and refused for what it is
    await desk.page.locator('#content').getByRole('alert').waitFor();
    expect(await desk.page.getByLabel('当前密码').inputValue()).toBe('Oujiang-Qingshan-26');
  });

  describe('at another tab of the same browser', () => {
    const atAnotherTab = (desk: Desk, loginName: string) =>
      desk.context.request.post(`${desk.url}/api/v1/sessions`, { data: { loginName, password: demoPassword } });

    /** What the server answered to the change of password this tab wants. */
    async function changing(desk: Desk, meanwhile: string): Promise<number[]> {
      const answers: number[] = [];
      await desk.open('/password');
      desk.page.on('response', (response) => {
        if (response.url().endsWith('/me/password')) answers.push(response.status());
      });
      await desk.page.getByLabel('当前密码').fill(demoPassword);
      await desk.page.getByLabel('新密码', { exact: true }).fill('short');
      await desk.page.getByLabel('再输一次新密码').fill('short');
      expect((await atAnotherTab(desk, meanwhile)).status()).toBe(201);
      await desk.page.getByRole('button', { name: '保存' }).click();
      return answers;
    }

    it('the same person changes nothing here: what was meant goes on', async () => {
      const desk = await desks.now.as('info@331121');
      desk.expectStatus(403, 422);
      const answers = await changing(desk, 'info@331121');
      await desk.page.locator('#content').getByRole('alert').waitFor();
      expect(answers).toEqual([403, 422]);
      expect(await desk.page.getByLabel('当前密码').inputValue()).toBe(demoPassword);
    });

    it('somebody else is who this tab is of, too, and nothing is done in that name', async () => {
      const desk = await desks.now.as('info@331121');
      desk.expectStatus(403);
      const answers = await changing(desk, 'info@331102');
      await desk.page.getByRole('banner').getByText(/莲都/).waitFor();
      expect(await desk.page.getByLabel('当前密码').inputValue()).toBe('');
      expect(answers).toEqual([403]);
    });
  });
});
