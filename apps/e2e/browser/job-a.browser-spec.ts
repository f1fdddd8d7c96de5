import { demoPassword } from '@shidang/seed';
import { Door } from '../src/door';
import type { Desk } from './desk/desk';
import { useDesks } from './desk/desks';
import { activate, beginCity, city, counties, foundCounties, jinhuaPeople, type PrintedSlip } from './jinhua';

jest.setTimeout(180_000);

/** 工作方案 逐级分发: a city issues accounts to its nine counties; slips in hands, nothing in chat groups. */
describe('job a', () => {
  const desks = useDesks();
  const people = jinhuaPeople(0);
  let admin: Door;
  /** The one that city's administrator sits at all day. */
  let desk: Desk;

  beforeAll(async () => {
    admin = await beginCity(desks.now.system.url, city.code, people.next().value);
    await foundCounties(admin);
    desk = await desks.now.as(city.admin);
    await desk.open('/organisations');
  }, 180_000);

  /** From another page: nothing of before is open any more. */
  const comeBack = async (path: string): Promise<void> => {
    await desk.go('/organisations');
    await desk.go(path);
  };

  const atDesk = async (path: string, sitting = {}): Promise<Desk> => {
    const desk = await desks.now.as(city.admin, sitting);
    await desk.open(path);
    return desk;
  };
  const button = (desk: Desk, name: string | RegExp) => desk.page.getByRole('button', { name });

  /** Tab until it has the focus, as somebody without a mouse does. */
  async function tabTo(desk: Desk, isIt: (focused: { role: string; name: string }) => boolean): Promise<void> {
    for (let i = 0; i < 90; i++) {
      await desk.press('Tab');
      const focused = await desk.page.evaluate(() => {
        const element = document.activeElement as HTMLInputElement | null;
        const label = element?.labels?.[0]?.textContent ?? element?.closest('label')?.textContent;
        return {
          role: element?.type ?? element?.tagName ?? '',
          name: element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '',
        };
      });
      if (isIt(focused)) return;
    }
    throw new Error('it never got the focus');
  }

  it('nine counties in five clicks, from the page of accounts to the printer', async () => {
    await desk.go('/accounts');
    await button(desk, '分发账号').waitFor();
    await desk.axe();
    desk.count();
    await desk.click(button(desk, '分发账号'));
    await desk.page.getByText('永康市教育局').waitFor();
    await desk.click(desk.page.getByRole('checkbox', { name: '全选系统管理员' }));
    await desk.page.getByText('已勾选 9 项').waitFor();
    await desk.screenshot('accounts-issue');
    await desk.click(button(desk, '下一步：预览'));
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByText('将分发 8 个账号').waitFor();
    await dialog.getByText('1 个已存在将跳过').waitFor();
    await desk.axe();
    await desk.screenshot('accounts-preview');
    await desk.click(dialog.getByRole('button', { name: '确认分发 8 个' }));
    await desk.page.getByRole('heading', { name: '激活单（8 张）' }).waitFor();
    const slips = desk.page.getByRole('article');
    expect(await slips.count()).toBe(8);
    const first = slips.first();
    expect(await first.getByRole('img', { name: /金东区教育局.*激活二维码/ }).count()).toBe(1);
    expect(await desk.boxesIn(first)).toBe('');
    expect(await first.textContent()).toMatch(/sys@330703.*[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/);
    await desk.axe();
    await desk.screenshot('accounts-slips');
    await desk.click(button(desk, '打印激活单'));
    expect(desk.clicks).toBeLessThanOrEqual(5);
    expect(await desk.printed()).toBe(1);

    await desk.page.emulateMedia({ media: 'print' });
    expect(await button(desk, '打印激活单').isVisible()).toBe(false);
    expect(await first.isVisible()).toBe(true);
    await desk.screenshot('accounts-slips-print');
    const pdf = (await desk.page.pdf({ preferCSSPageSize: true })).toString('latin1');
    // four slips on a sheet
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(2);
    await desk.page.emulateMedia({ media: 'screen' });
    await button(desk, '已打印，完成').click();
    await desk.page.getByRole('heading', { name: '账号管理' }).waitFor();
  });

  it('no code is read a second time, nor stands in an address or in what the browser keeps', async () => {
    const desk = await atDesk('/accounts/issue?lacking=yes');
    await desk.page.getByText('没有符合条件的机构').waitFor();
    await button(desk, '下一步：预览').waitFor();
    await desk.open('/accounts?q=sys@330703');
    await button(desk, '查看 sys@330703').click();
    await button(desk, '签发新激活单').click();
    await desk.page.getByRole('dialog').getByRole('button', { name: '重新签发激活单' }).click();
    const card = desk.page.getByRole('article').first();
    await card.waitFor();
    const code = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec((await card.textContent()) ?? '')![0];
    const kept = await desk.page.evaluate(
      () => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + location.href,
    );
    expect(kept).not.toContain(code);
    await desk.page.getByRole('link', { name: '工作台' }).click();
    const warning = desk.page.getByRole('dialog');
    await warning.getByText('激活单还没有打印').waitFor();
    await desk.axe();
    await warning.getByRole('button', { name: '留在本页' }).click();
    expect(await card.isVisible()).toBe(true);
    await desk.page.getByRole('link', { name: '工作台' }).click();
    await desk.page.getByRole('button', { name: '仍然离开' }).click();
    await desk.page.locator('.slip').first().waitFor({ state: 'detached' });
    expect((await desk.page.content()).includes(code)).toBe(false);
  });

  it('without a mouse: the same from the keyboard alone', async () => {
    const more = [
      ['330791', '金华示例一区教育局'],
      ['330792', '金华示例二区教育局'],
    ];
    for (const [code, name] of more) await admin.must('POST', '/organisations', { body: { code, name } });
    const desk = await atDesk('/accounts');
    await button(desk, '分发账号').waitFor();
    desk.count();
    await desk.press('n');
    await desk.page.getByText('金华示例二区教育局').waitFor();
    await tabTo(desk, ({ role, name }) => role === 'checkbox' && name.includes('只看未分发的'));
    await desk.press('Space');
    await desk.page.getByText('永康市教育局').waitFor({ state: 'detached' });
    await tabTo(desk, ({ role, name }) => role === 'checkbox' && name.includes('全选系统管理员'));
    await desk.press('Space');
    await desk.press('Control+Enter');
    await desk.page.getByText('将分发 2 个账号').waitFor();
    await desk.press('Enter');
    await desk.page.getByRole('heading', { name: '激活单（2 张）' }).waitFor();
    await desk.press('p');
    await tabTo(desk, ({ name }) => name === '已打印，完成');
    await desk.press('Enter');
    await desk.page.getByRole('heading', { name: '账号管理' }).waitFor();
    expect(desk.clicks).toBe(0);
    expect(desk.keys).toBeLessThan(80);
  });

  it('while the server does not answer, the board does not say that there is nobody', async () => {
    const desk = await atDesk('/');
    desk.expectOutage();
    await desk.page.route('**/api/v1/accounts?*', () => undefined);
    await desk.open('/accounts');
    await desk.page.locator('.ant-spin-spinning').first().waitFor();
    expect(await desk.page.getByText('没有符合条件的账号').count()).toBe(0);
    await desk.page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  it('the board says who has activated, who has not, whose account is disabled; and mends it', async () => {
    await comeBack('/accounts');
    const counted = (label: string) =>
      desk.page.getByRole('group', { name: '状态' }).getByRole('button', { name: label });
    await counted('待激活').getByText('11', { exact: true }).waitFor();
    await counted('待激活').click();
    await desk.page.getByText('sys@330782').waitFor();
    await desk.page.getByText(city.admin, { exact: true }).waitFor({ state: 'detached' });
    expect(desk.page.url()).toContain('state=waiting');
    await desk.screenshot('accounts-board');

    await button(desk, '查看 sys@330782').click();
    const drawer = desk.page.getByRole('dialog');
    await drawer.getByRole('button', { name: '停用账号' }).click();
    await desk.page.getByLabel('停用原因').fill('离任');
    await desk.axe();
    await desk.page
      .getByRole('dialog', { name: /停用 sys@330782/ })
      .getByRole('button', { name: '停用账号' })
      .click();
    await drawer.getByRole('button', { name: '恢复使用' }).waitFor();
    await counted('已停用').getByText('1', { exact: true }).waitFor();
    await drawer.getByRole('button', { name: '恢复使用' }).click();
    await drawer.getByRole('button', { name: '停用账号' }).waitFor();
    await counted('已停用').getByText('0', { exact: true }).waitFor();
  });

  it('one person gets a second post, and loses it again', async () => {
    const created = await admin.must<{ loginName: string }>('POST', '/accounts', {
      body: { role: 'informationAdministrator', name: '㛃䶮𬭊·测试' },
    });
    await comeBack('/accounts?place=own&role=informationAdministrator');
    await desk.page.getByText('㛃䶮𬭊·测试').waitFor();
    expect(await desk.boxesIn(desk.page.locator('table'))).toBe('');
    await button(desk, '查看 㛃䶮𬭊·测试').click();
    const drawer = desk.page.getByRole('dialog', { name: created.body.loginName });
    await drawer.getByLabel('角色').click();
    await desk.page.getByTitle('信息查询员').click();
    await drawer.getByRole('button', { name: '增加岗位' }).click();
    await drawer.getByText('金华市教育局 · 信息查询员').waitFor();
    await desk.axe();
    await drawer.getByRole('button', { name: /结束岗位.*信息查询员/ }).click();
    await desk.page.getByRole('dialog', { name: /结束/ }).getByRole('button', { name: '结束岗位' }).click();
    await drawer.getByText('金华市教育局 · 信息查询员').waitFor({ state: 'detached' });
  });

  it('one more user of the own office: his name is on the slip', async () => {
    const desk = await atDesk('/accounts');
    await button(desk, '新建单个账号').click();
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByLabel('角色').click();
    await desk.page.getByTitle('信息管理员').click();
    await dialog.getByLabel('交给谁').fill('蓝·阿依古丽');
    await dialog.getByLabel('登录名').fill('ayi');
    await desk.axe();
    await dialog.getByRole('button', { name: '分发并显示激活单' }).click();
    const slip = desk.page.getByRole('article');
    await slip.getByText(`ayi@${city.code}`).waitFor();
    expect(await slip.textContent()).toContain('蓝·阿依古丽');
    expect(await desk.boxesIn(slip)).toBe('');
  });

  it('says what to do when the answer with the codes was lost on the way', async () => {
    const desk = await atDesk('/accounts');
    desk.expectOutage();
    desk.expectStatus(409);
    let lost = false;
    await desk.page.route('**/api/v1/accounts', async (route) => {
      if (lost || route.request().method() !== 'POST') return route.continue();
      lost = true;
      await route.fetch();
      return route.abort('connectionreset');
    });
    await button(desk, '新建单个账号').click();
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByLabel('角色').click();
    await desk.page.getByTitle('信息查询员').click();
    await dialog.getByRole('button', { name: '分发并显示激活单' }).click();
    await dialog.getByText('激活码不能再次查看').waitFor();
    await desk.axe();
    await dialog.getByRole('link', { name: '到账号管理重新签发激活单' }).click();
    await desk.page.getByText('待激活').first().waitFor();
    expect(desk.page.url()).toContain('state=waiting');
  });

  it('an account that locked itself is unlocked before its time', async () => {
    const { url } = desks.now.system;
    const slip = await admin.must<PrintedSlip>('POST', '/accounts', { body: { role: 'informationViewer' } });
    await activate(url, slip.body, people.next().value);
    const { loginName } = slip.body;
    for (let i = 0; i < 5; i++)
      expect((await new Door(url).post('/sessions', { loginName, password: 'Wrong-2016-guess' })).status).toBe(401);
    await comeBack('/accounts?state=locked');
    await desk.page.getByText(loginName).waitFor();
    await button(desk, /^查看 /).click();
    await button(desk, /^解\s?锁$/).click();
    await desk.page.getByText('没有符合条件的账号').waitFor();
    expect((await new Door(url).post('/sessions', { loginName, password: demoPassword })).status).toBe(201);
  });

  it('who may not issue is told which permission he lacks, and sees no menu of it', async () => {
    const desk = await desks.now.as('info@331100');
    await desk.open('/accounts/issue');
    await desk.page.getByRole('heading', { name: '您的岗位不能使用此页面' }).waitFor();
    expect(await desk.page.getByRole('link', { name: '账号管理' }).count()).toBe(0);
  });

  it('reads in English too', async () => {
    const desk = await atDesk('/accounts/issue', { language: 'en' });
    await desk.page.getByRole('heading', { name: 'Issue accounts' }).waitFor();
    await desk.page.getByText(counties[0][1]).waitFor();
    await desk.axe();
  });
});
