import { demoSchools, demoTeachers } from '@shidang/seed';
import { eventually } from '@shidang/testing';
import type { Door } from '../src/door';
import type { Desk } from './desk/desk';
import { phones, useDesks } from './desk/desks';
import { logIn, type PrintedSlip } from './jinhua';

jest.setTimeout(180_000);

interface Listed {
  readonly id: string;
  readonly name: string;
}

/** One for each phone: what is confirmed stays so. */
const unchanged = ['国内培训', '教学科研成果及获奖'];

const password = 'Qinghe#8264tan';

/** Letters only, for names have no digits; another in every run, for the same value again is no change. */
const stamp = Date.now()
  .toString(36)
  .replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));

const saved = (desk: Desk) => desk.page.getByRole('status').getByText(/^已保存 \d\d:\d\d$/);
const task = (desk: Desk, section: string) => desk.page.getByRole('link', { name: new RegExp(`^${section}`) });

/** Job c: a teacher keeps the own record on a phone. */
describe.each(phones)('job c at $width × $height', (viewport) => {
  const desks = useDesks();
  const place = phones.indexOf(viewport);
  let admin: Door;
  let information: Door;

  beforeAll(async () => {
    admin = await logIn(desks.now.system.url, `sys@${demoSchools.primary}`);
    information = await logIn(desks.now.system.url, `info@${demoSchools.primary}`);
  });

  /** Whoever is complete, from the middle of the list: other scripts take its ends. */
  const complete = async (): Promise<Listed> =>
    (await information.must<{ items: Listed[] }>('GET', '/teachers?status=complete&limit=200')).body.items[1 + place]!;

  const slipFor = async (teacherId: string): Promise<PrintedSlip> => {
    const { items } = (
      await admin.must<{ items: { id: string; teacherId: string }[] }>('GET', '/accounts?role=teacher&limit=200')
    ).body;
    const account = items.find((each) => each.teacherId === teacherId)!;
    return (await admin.must<PrintedSlip>('POST', `/accounts/${account.id}/activation-slips`)).body;
  };

  it('activates, fills in, checks, declares, submits, withdraws', async () => {
    const teacher = await complete();
    const slip = await slipFor(teacher.id);
    const desk = await desks.now.guest({ phone: true, viewport });
    // nobody is logged in at first; a case is withdrawn only once it is there
    desk.expectStatus(401, 404);
    // the QR of the slip
    await desk.open(`/activate#${slip.code}`);
    await desk.page.getByText(slip.loginName).waitFor();
    expect(desk.page.url()).not.toContain(slip.code);
    await desk.axe();
    await desk.page.getByLabel('设置密码').fill(password);
    await desk.page.getByLabel('再输一次密码').fill(password);
    await desk.click(desk.page.getByRole('button', { name: '激活并登录' }));
    await desk.page.getByRole('heading', { name: '我的教师信息' }).waitFor();
    await task(desk, '基本信息').waitFor();
    await desk.axe();
    await desk.screenshot(`me-tasks-${viewport.width}`);

    // a value is saved when its field is left
    await desk.click(task(desk, '基本信息'));
    await desk.page.getByLabel('曾用名').fill(`若兰${stamp}`);
    await desk.page.getByLabel('曾用名').blur();
    await saved(desk).waitFor();
    await desk.axe();
    await desk.page.reload();
    await desk.page.getByLabel('曾用名').waitFor();
    expect(await desk.page.getByLabel('曾用名').inputValue()).toBe(`若兰${stamp}`);

    // what cannot be read stays in its field, says how to mend it, and is not saved
    await desk.click(desk.page.getByRole('link', { name: '完成' }));
    await desk.click(task(desk, '工作经历'));
    await desk.page.getByRole('link', { name: '新增一条' }).waitFor();
    await desk.axe();
    await desk.screenshot(`me-cards-${viewport.width}`);
    await desk.click(desk.page.getByRole('link', { name: '新增一条' }));
    await desk.page.getByLabel('任职开始年月').fill('1999-09');
    await desk.page.getByLabel('任职单位名称').fill('丽水市实验学校');
    await desk.page.getByLabel('任职结束年月').fill('1999-01');
    await desk.page.getByLabel('任职结束年月').blur();
    await desk.page.getByText('有内容未保存').waitFor();
    await desk.axe();
    await desk.page.getByLabel('任职结束年月').fill('2001-07');
    await desk.page.getByLabel('任职结束年月').blur();
    await saved(desk).waitFor();
    await desk.screenshot(`me-row-${viewport.width}`);
    await desk.click(desk.page.getByRole('button', { name: '删除这一条' }));
    await desk.axe();
    await desk.click(desk.page.getByRole('dialog').getByRole('button', { name: '删除这一条' }));
    await desk.page.getByRole('heading', { name: '工作经历' }).waitFor();

    await desk.open('/');
    await desk.click(desk.page.getByRole('link', { name: '核对并提交' }));
    await desk.page.getByText('学习经历').click();
    for (const reason of await desk.page.getByLabel('理由').all()) await reason.fill('已核对原件');
    await desk.axe();
    await desk.screenshot(`me-check-${viewport.width}`);
    await desk.page.getByLabel(/^本人声明/).check();
    await desk.click(desk.page.getByRole('button', { name: '提交审核' }));
    await desk.page.getByText('已提交，审核期间不能修改').waitFor();
    await desk.axe();

    await desk.click(desk.page.getByRole('button', { name: '撤回提交' }));
    const dialog = desk.page.getByRole('dialog');
    await eventually(
      async () => {
        const button = dialog.getByRole('button', { name: '撤回提交' });
        // the case may not have been opened yet when it is withdrawn first
        if ((await button.count()) > 0 && (await button.isEnabled())) await button.click();
        return (await dialog.count()) === 0;
      },
      'the case is open and withdrawn',
      { timeout: 30_000, every: 500 },
    );
    await desk.page.getByRole('link', { name: '核对并提交' }).waitFor({ timeout: 30_000 });
  });

  it('a section that has not changed since last year costs two taps', async () => {
    const desk = await desks.now.as(demoTeachers.draft, { phone: true, viewport });
    await desk.open('/');
    await task(desk, unchanged[place]!).waitFor();
    desk.count();
    await desk.click(task(desk, unchanged[place]!));
    await desk.click(desk.page.getByRole('button', { name: '与去年一致，确认' }));
    await desk.page.getByText(/^已确认 \d{4}-\d\d-\d\d$/).waitFor();
    expect(desk.clicks).toBeLessThanOrEqual(2);
    await desk.axe();
    await desk.page.getByRole('link', { name: '返回' }).click();
    await desk.page.getByRole('link', { name: new RegExp(`^${unchanged[place]}.*已确认`) }).waitFor();
  });

  it('after a return opens only what was marked, with the reviewer’s words', async () => {
    const desk = await desks.now.as(demoTeachers['school-returned'], { phone: true, viewport });
    await desk.open('/');
    const marked = desk.page.getByRole('link', { name: /退回，改 \d+ 处/ }).first();
    await marked.waitFor();
    await desk.axe();
    await desk.click(marked);
    const card = desk.page.getByRole('link', { name: /退回，改 \d+ 处/ }).first();
    await desk.page.locator('main').getByText(/退回/).first().waitFor();
    if (await card.count()) await desk.click(card);
    await desk.page.getByText('只需修改下面标出的内容').waitFor();
    await desk.page
      .getByText(/^退回意见（/)
      .first()
      .waitFor();
    const open = desk.page.locator('form :is(input, select, textarea)');
    expect(await open.count()).toBe(await desk.page.locator('form .field-marked :is(input, select, textarea)').count());
    await desk.axe();
    await desk.screenshot(`me-returned-${viewport.width}`);
    await desk.click(desk.page.getByRole('button', { name: '查看全部内容' }));
    expect(await desk.page.locator('form .value').count()).toBeGreaterThan(0);
  });

  it('every target is at least 44 px high, also where text is twice as large', async () => {
    const desk = await desks.now.as(`t310001@${demoSchools.primary}`, { phone: true, viewport });
    for (const path of ['/', '/sections/work', '/sections/contact', '/check', '/account']) {
      await desk.open(path);
      await desk.page.locator('main :is(a, button, input)').first().waitFor();
      expect(await tooSmall(desk)).toEqual([]);
      await desk.page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
      expect(await widerThanThePhone(desk)).toEqual([]);
      await desk.axe();
    }
  });
});

/** Targets below 44 px, by what they say; a tick is as large as the label around it. */
const tooSmall = (desk: Desk): Promise<string[]> =>
  desk.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('a, button, input, select, textarea, summary')]
      .map((each) => each.closest('label') ?? each)
      .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 44)
      .map((each) => `${each.tagName} ${each.textContent} ${each.getBoundingClientRect().height}`),
  );

const widerThanThePhone = (desk: Desk): Promise<string[]> =>
  desk.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > innerWidth + 1)
      .map((each) => `${each.tagName}.${each.className} ${each.textContent?.slice(0, 20)}`),
  );
