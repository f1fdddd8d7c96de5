import { demoSchools, demoTeachers } from '@shidang/seed';
import { eventually } from '@shidang/testing';
import type { Door } from '../src/door';
import type { Desk } from './desk/desk';
import { phones, useDesks } from './desk/desks';
import { logIn } from './jinhua';

jest.setTimeout(180_000);

/** One field for each phone, and where it stands once the school has answered. */
const corrected = [
  { field: '所学专业', becomes: '待学校审核' },
  { field: '获得学历的院校或机构', becomes: '学校答复：与学籍档案一致' },
];

/** Letters only; another in every run, for the same value again is no change. */
const stamp = Date.now()
  .toString(36)
  .replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));

/** Chromium may send past `route` what a page with a service worker asks for; pages opened from now on have none. */
async function withoutWorker({ page }: Desk): Promise<void> {
  await page.addInitScript(() => {
    navigator.serviceWorker.register = () => new Promise(() => undefined);
  });
  await page.evaluate(async () => {
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  });
}

/** 工作方案 五(五): a teacher may ask the school to correct; between a phone and the school's desk. */
describe.each(phones)('corrections at $width × $height', (viewport) => {
  const desks = useDesks();
  const place = phones.indexOf(viewport);
  let information: Door;

  beforeAll(async () => {
    information = await logIn(desks.now.system.url, `info@${demoSchools.primary}`);
  });

  it('asks the school to correct what is in effect, sees what became of it, and takes the own file along', async () => {
    const desk = await desks.now.as(demoTeachers.effective, { phone: true, viewport });
    await desk.open('/sections/education');
    await desk.click(desk.page.locator('a.row-card').first());
    await desk.click(desk.page.getByRole('link', { name: '请学校更正' }));
    await desk.page.getByLabel('哪一项有误').selectOption({ label: corrected[place]!.field });
    if (place === 0) await desk.page.getByLabel('正确的是').fill(`应用语言学${stamp}`);
    await desk.click(desk.page.getByRole('button', { name: '发给学校' }));
    await desk.page.getByText('请说明哪里有误').waitFor();
    await desk.axe();
    await desk.page.getByLabel('说明', { exact: true }).fill('与毕业证书不一致');
    await desk.screenshot(`me-ask-${viewport.width}`);
    await desk.click(desk.page.getByRole('button', { name: '发给学校' }));
    await desk.page.getByText('待学校处理').waitFor();
    await desk.axe();
    await answerTheTeacher();
    await desk.page.reload();
    await desk.page.getByText(corrected[place]!.becomes).first().waitFor();
    await desk.screenshot(`me-corrections-${viewport.width}`);

    // what the school and he himself looked at, who wrote what, and that the school has answered
    await withoutWorker(desk);
    await desk.open('/sections/contact');
    // a look that is refused says so, and may be tried again
    desk.expectStatus(403);
    const refusal = {
      status: 403,
      contentType: 'application/problem+json',
      body: '{"status":403,"code":"http.refused","detail":"暂不能查看"}',
    };
    await desk.page.route('**/unmaskings', (route) => route.fulfill(refusal));
    await desk.click(desk.page.getByRole('button', { name: '显示手机' }));
    await desk.page.getByRole('alert').getByText('暂不能查看').waitFor();
    await desk.page.unroute('**/unmaskings');
    await desk.click(desk.page.getByRole('button', { name: '显示手机' }));
    await desk.page.getByText(/^199\d{8}/).waitFor();
    const { teacherId } = await ownAccount(desk);
    const looked = { indicator: 'idNo', reason: `核对证件${stamp}` };
    await information.must('POST', `/teachers/${teacherId}/unmaskings`, { body: looked });
    for (const [path, words] of [
      ['/viewers', looked.reason],
      ['/history', '学习经历'],
      ['/notices', '更正'],
    ] as const) {
      await desk.open(path);
      await desk.page.locator('main').getByText(words).first().waitFor();
      if (path !== '/viewers') continue;
      await desk.page.getByText('看了：手机').first().waitFor();
      expect(await desk.page.getByText('本人查看', { exact: true }).count()).toBeGreaterThan(0);
      expect(await desk.page.locator('main').innerText()).not.toMatch(/mobile|idNo/);
      await desk.screenshot(`me-viewers-${viewport.width}`);
    }

    // told to come again while the file is made
    desk.expectStatus(503);
    await desk.open('/account');
    const taking = desk.page.waitForEvent('download');
    await desk.click(desk.page.getByRole('button', { name: '下载本人档案' }));
    expect((await taking).suggestedFilename()).toMatch(/^教师信息-.+\.xlsx$/);
  });

  /** The school's corner: told by a notice, it applies for the change as proposed, or says why not. */
  async function answerTheTeacher(): Promise<void> {
    const told = async () =>
      (await information.must<{ items: { kind: string }[] }>('GET', '/notices')).body.items.some(
        ({ kind }) => kind === 'correction-asked',
      );
    await eventually(told, 'the school is told', { timeout: 30_000, every: 300 });
    const desk = await desks.now.as(`info@${demoSchools.primary}`);
    await desk.open('/corrections');
    const dialog = desk.page.getByRole('dialog');
    if (place === 0) {
      await desk.page.getByRole('button', { name: '申请变更' }).first().click();
      await dialog.getByLabel(`采用教师建议的值：应用语言学${stamp}`).waitFor();
      await desk.axe();
      await dialog.getByRole('button', { name: '提交申请' }).click();
    } else {
      await desk.axe();
      await desk.page.getByRole('button', { name: '不予更正' }).first().click();
      await dialog.getByLabel('对教师说明').fill('与学籍档案一致');
      await dialog.getByRole('button', { name: '不予更正' }).click();
    }
    await desk.page.getByText('没有待处理的更正请求').waitFor();
    await desk.leave();
  }
});

const ownAccount = (desk: Desk) =>
  desk.page.evaluate(async () => {
    const answered = await fetch('/api/v1/me');
    return ((await answered.json()) as { account: { teacherId: string } }).account;
  });
