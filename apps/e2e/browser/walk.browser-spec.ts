import { eventually } from '@shidang/testing/eventually';
import type { Desk } from './desk/desk';
import { useDesks } from './desk/desks';

jest.setTimeout(180_000);

const password = 'Oujiang-Qingshan-26';

/** By the log-in page, as README says. */
async function logIn(desk: Desk, loginName: string): Promise<void> {
  await desk.open('/');
  await desk.page.getByLabel('登录名').fill(loginName);
  await desk.page.getByLabel('密码', { exact: true }).fill(password);
  await desk.click(desk.page.getByRole('button', { name: '登录' }));
  await desk.page.getByRole('heading', { name: '您好' }).waitFor();
}

async function logOut(desk: Desk): Promise<void> {
  await desk.click(desk.page.getByRole('button', { name: '账号菜单' }));
  await desk.click(desk.page.getByRole('menuitem', { name: '退出登录' }));
  await desk.page.getByLabel('登录名').waitFor();
}

const goTo = (desk: Desk, entry: string) =>
  desk.click(desk.page.getByRole('navigation').getByRole('link', { name: entry, exact: true }));

/** The status filter is an antd select: opened by the mouse, chosen by its words. */
async function onlyStatus(desk: Desk, status: string): Promise<void> {
  await desk.click(desk.page.getByRole('combobox', { name: '状态' }));
  await desk.click(desk.page.locator('.ant-select-item-option').getByText(status, { exact: true }));
  await desk.page.waitForURL(/status=/);
}

/** As the list would say it, asked of the server: loading the page anew until it does is what nobody does. */
async function isEffective(desk: Desk, name: string): Promise<boolean> {
  const query = new URLSearchParams({ q: name, status: 'effective' }).toString();
  const answer = await desk.context.request.get(`${desk.url}/api/v1/teachers?${query}`);
  return ((await answer.json()) as { items: unknown[] }).items.length > 0;
}

describe("README's walk by clicking", () => {
  const desks = useDesks();

  it('brings a record from the school to effective in three log-ins', async () => {
    const desk = await desks.now.guest();
    desk.expectStatus(401);

    await logIn(desk, 'info@2133110001');
    await goTo(desk, '教师信息');
    await onlyStatus(desk, '填报完成');
    const row = desk.page.locator('#content tbody tr', { hasText: '填报完成' }).last();
    const name = (await row.getByRole('link').first().textContent())!;
    // by its name: the list may still become shorter under the mouse
    await desk.click(desk.page.locator('#content tbody').getByRole('link', { name, exact: true }).first());
    await desk.page.getByRole('heading', { name }).waitFor();
    await desk.screenshot('record');
    await desk.click(desk.page.locator('#content').getByRole('button', { name: '提交审核' }));
    const dialog = desk.page.getByRole('dialog');
    await desk.click(dialog.getByRole('checkbox'));
    await desk.click(dialog.getByRole('button', { name: '提交审核' }));
    await dialog.waitFor({ state: 'hidden' });
    await desk.page.locator('#content').getByText('待学校审核').first().waitFor();
    await logOut(desk);

    await logIn(desk, 'head@2133110001');
    await goTo(desk, '审核');
    await desk.click(desk.page.locator('#content').getByText(name, { exact: true }).first());
    await desk.page.getByRole('heading', { name }).waitFor();
    await desk.click(desk.page.getByRole('button', { name: '通过' }));
    await goTo(desk, '报送与回执');
    await desk.page.locator('#content').getByText(name, { exact: true }).first().waitFor();
    await desk.click(desk.page.getByRole('button', { name: '向教育行政部门报送' }));
    await desk.page.getByText('回执号').first().waitFor();
    await logOut(desk);

    await logIn(desk, 'info@331102');
    await goTo(desk, '审核');
    await desk.click(desk.page.locator('#content').getByText(name, { exact: true }).first());
    await desk.page.getByRole('heading', { name }).waitFor();
    await desk.click(desk.page.getByRole('button', { name: '通过' }));
    await goTo(desk, '教师信息');
    await eventually(() => isEffective(desk, name), `${name} is effective`, { timeout: 30_000, every: 250 });
    await desk.page.getByPlaceholder('姓名').fill(name);
    await desk.press('Enter');
    await desk.page.waitForURL(/q=/);
    await desk.page.locator('#content tbody tr', { hasText: name }).getByText('已生效').first().waitFor();
    desk.quiet();
  });
});
