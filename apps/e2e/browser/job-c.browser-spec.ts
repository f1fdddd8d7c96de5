import { demoSchools, demoTeachers } from '@shidang/seed';
import { eventually } from '@shidang/testing';
import type { Door } from '../src/door';
import type { Desk } from './desk/desk';
import { phones, useDesks } from './desk/desks';
import { tooSmall, widerThanThePhone } from './desk/phone-fit';
import { logIn, type PrintedSlip } from './jinhua';

jest.setTimeout(180_000);

interface Listed {
  readonly id: string;
  readonly name: string;
}

/** One for each phone: what is confirmed stays so. */
const unchanged = ['国内培训', '教学科研成果及获奖'];

/** A first collection, in which something is his to fill: what is missing first, and no last year. */
const saidOf: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  '/': [/^继续填写：/],
  '/sections/work': ['核对无误，确认'],
};

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
    // a case is withdrawn only once it is there
    desk.expectStatus(404);
    // the QR of the slip on one phone, its code typed on the other
    await desk.open(place === 0 ? `/activate#${slip.code}` : '/activate');
    if (place === 1) {
      await desk.page.getByLabel('激活码').fill(slip.code.toLowerCase());
      await desk.click(desk.page.getByRole('button', { name: '下一步' }));
    }
    await desk.page.getByText(slip.loginName).waitFor();
    expect(desk.page.url()).not.toContain(slip.code);
    await desk.axe();
    await desk.page.getByLabel('设置密码').fill(password);
    await desk.page.getByLabel('再输一次密码').fill(password);
    await desk.click(desk.page.getByRole('button', { name: '激活并登录' }));
    await desk.page.getByRole('heading', { name: '我的教师信息' }).waitFor();
    await task(desk, '年度考核.*学校已填').waitFor();
    await desk.axe();
    await desk.screenshot(`me-tasks-${viewport.width}`);

    // a value is saved when its field is left
    await desk.click(task(desk, '基本信息'));
    expect(await desk.page.getByLabel('籍贯').inputValue()).toMatch(/^\p{Script=Han}+$/u);
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
    await typeAtOnce(desk, '任职开始年月', '1999-09');
    await desk.click(desk.page.getByRole('link', { name: '新增一条' }));
    await desk.page.getByLabel('任职单位名称').fill('丽水市实验学校');
    await desk.page.getByLabel('任职结束年月').fill('1999-01');
    await desk.page.getByLabel('任职结束年月').blur();
    await desk.page.getByText('有内容未保存').waitFor();
    await desk.axe();
    // who leaves all the same finds it marked in the list, and again in its field
    const dialog = desk.page.getByRole('dialog');
    const done = desk.page.getByRole('link', { name: '完成' });
    await desk.click(done);
    await dialog.getByText('有 1 处没有保存').waitFor();
    await desk.axe();
    await desk.screenshot(`me-unsaved-${viewport.width}`);
    await desk.click(dialog.getByRole('button', { name: '先离开' }));
    await desk.page.getByRole('link', { name: '新增一条' }).waitFor();
    await desk.click(desk.page.getByRole('link', { name: '返回' }));
    await desk.click(task(desk, '工作经历.*有 1 处未保存'));
    await desk.click(desk.page.getByRole('link', { name: /丽水市实验学校/ }));
    expect(await desk.page.getByLabel('任职结束年月').inputValue()).toBe('1999-01');
    await desk.click(done);
    await desk.click(dialog.getByRole('button', { name: '去修改' }));
    await eventually(
      () => desk.page.evaluate(() => document.activeElement?.id === 'work-endMonth'),
      'the field that is not saved has the focus',
    );
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

    let isWithdrawn = false;
    desk.page.on('response', (answered) => {
      if (answered.url().endsWith('/withdrawal') && answered.ok()) isWithdrawn = true;
    });
    await desk.click(desk.page.getByRole('button', { name: '撤回提交' }));
    await eventually(
      async () => {
        const button = dialog.getByRole('button', { name: '撤回提交' });
        // the case may not have been opened yet when it is withdrawn first
        if (!isWithdrawn && (await button.count()) > 0 && (await button.isEnabled())) await button.click();
        return isWithdrawn && (await dialog.count()) === 0;
      },
      'the case is open and withdrawn',
      { timeout: 30_000, every: 500 },
    );
    await desk.page.getByRole('link', { name: '核对并提交' }).waitFor({ timeout: 30_000 });

    // the next day, on a phone that remembers nothing
    const again = await desks.now.guest({ phone: true, viewport });
    await again.open('/');
    await again.page.getByLabel('登录名').fill(slip.loginName);
    await again.page.getByLabel('密码', { exact: true }).fill(password);
    await again.axe();
    await again.click(again.page.getByRole('button', { name: '登录' }));
    await again.page.getByRole('link', { name: '核对并提交' }).waitFor();
  });

  it('a section that has not changed since last year costs two taps', async () => {
    const desk = await desks.now.as(demoTeachers.effective, { phone: true, viewport });
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

  it('an address that names nothing says so', async () => {
    const desk = await desks.now.as(demoTeachers.draft, { phone: true, viewport });
    const nobodys = '00000000-0000-7000-8000-000000000000';
    await desk.open(`/sections/education/${nobodys}`);
    await desk.page.getByText('这一条已不存在').waitFor();
    const addresses = ['/sections/nonsense', '/sections/education/nonsense'];
    for (const path of [...addresses, '/sections/basic/new', '/nonsense']) {
      await desk.open(path);
      await desk.page.getByRole('heading', { name: '没有这个页面' }).waitFor();
      expect(await desk.page.locator('main :is(input, select, textarea)').count()).toBe(0);
    }
    expect(await tooSmall(desk)).toEqual([]);
    await desk.click(desk.page.getByRole('link', { name: '回到首页' }));
    await task(desk, '基本信息').waitFor();
  });

  it('every target is at least 44 px high and wide, also where text is twice as large', async () => {
    const desk = await desks.now.as(demoTeachers.draft, { phone: true, viewport });
    const record = ['/sections/work', '/sections/contact', '/check', '/history', '/viewers', '/corrections'];
    for (const path of ['/', ...record, '/notices', '/account']) {
      await desk.open(path);
      await desk.page.locator('main :is(a, button, input, p)').first().waitFor();
      for (const words of saidOf[path] ?? []) await desk.page.getByText(words, { exact: true }).waitFor();
      expect(
        await desk.page
          .getByText(/^(核对并提交|与去年一致，确认)$/)
          .and(desk.page.locator('.button'))
          .count(),
      ).toBe(0);
      expect(await tooSmall(desk)).toEqual([]);
      await desk.page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
      expect(await widerThanThePhone(desk)).toEqual([]);
      await desk.axe();
    }
  });
});

/** Fingers faster than the page: the value is typed in the moment its field is drawn. */
const typeAtOnce = (desk: Desk, label: string, value: string) =>
  desk.page.evaluate(
    ([words, typed]) => {
      new MutationObserver((_, watch) => {
        const named = [...document.querySelectorAll('label')].find(({ textContent }) => textContent.startsWith(words!));
        const input = named && document.getElementById(named.htmlFor);
        if (!(input instanceof HTMLInputElement)) return;
        watch.disconnect();
        input.focus();
        input.value = typed!;
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }).observe(document.body, { childList: true, subtree: true });
    },
    [label, value],
  );
