import { demoTeachers } from '@shidang/seed';
import { eventually } from '@shidang/testing/eventually';
import { randomInt } from 'node:crypto';
import type { Desk } from './desk/desk';
import { useDesks } from './desk/desks';

jest.setTimeout(120_000);

/** As the review and the submissions page count them. */
async function waitingAt(desk: Desk): Promise<{ waits: number; toSend: number }> {
  const count = async (state: string) => {
    const answered = await desk.context.request.get(`${desk.url}/api/v1/review-cases?state=${state}&limit=1`);
    return ((await answered.json()) as { page: { total: number } }).page.total;
  };
  return { waits: await count('school-review'), toSend: await count('school-approved') };
}

/** The landing page of every role, the plan of the collection, notices. */
describe('the workbench', () => {
  const desks = useDesks();

  it('says to a county what waits for it, and leads there', async () => {
    const desk = await desks.now.as('info@331102');
    await desk.open('/');
    const todo = desk.page.getByRole('region', { name: '待办' });
    await todo.getByRole('link', { name: '待审核的教师信息' }).waitFor();
    await todo
      .getByRole('link', { name: /填报 .+ 月报表|月报表/ })
      .first()
      .waitFor();
    await desk.page.getByRole('region', { name: '采集进度' }).getByText('已生效').waitFor();
    await desk.axe();
    await desk.screenshot('workbench');
    await todo.getByRole('link', { name: '待审核的教师信息' }).click();
    await eventually(() => desk.page.url().endsWith('/console/review'), 'the link leads to the review');
  });

  it('says to a principal only what waits for a review, apart from what waits to be sent upward', async () => {
    const desk = await desks.now.as('head@2133110001');
    const { waits, toSend } = await waitingAt(desk);
    await desk.open('/');
    const todo = desk.page.getByRole('region', { name: '待办' });
    const figureOf = (name: string) =>
      todo.getByRole('row').filter({ hasText: name }).getByRole('cell').nth(1).innerText({ timeout: 10_000 });
    expect(waits + toSend).toBeGreaterThan(0);
    for (const [name, count] of Object.entries({ '学校已审核、待报送': toSend, 待审核的教师信息: waits }))
      if (count > 0) expect([name, await figureOf(name)]).toEqual([name, String(count)]);
    // other scripts may have sent everything by now: what does not wait is not said
    expect(await todo.getByRole('row').filter({ hasText: '学校已审核、待报送' }).count()).toBe(toSend > 0 ? 1 : 0);
    await desk.screenshot('workbench-principal');
    await desk.go('/submissions');
    await desk.page.getByRole('heading', { name: '报送回执' }).waitFor();
    await desk.axe();
    await desk.screenshot('submissions');
  });

  it('says to a school administrator what came back, to a system administrator whom to give accounts', async () => {
    const info = await desks.now.as('info@2133110001');
    await info.open('/');
    await info.page.getByRole('link', { name: '学校退回、待修改' }).waitFor();
    await info.axe();
    await info.page.getByRole('link', { name: '填报完成、待提交' }).click();
    await eventually(() => info.page.url().endsWith('/console/teachers?status=complete'), 'the list of the complete');
    await info.press('?');
    const keys = info.page.getByRole('dialog');
    for (const said of ['按姓名查找', '到下一个可操作的位置']) await keys.getByText(said).waitFor();
    await info.screenshot('teachers-keys');
    const teacher = await desks.now.as(demoTeachers.draft);
    await teacher.open('/');
    // whose work is at hand elsewhere is led there
    await teacher.page.getByRole('heading', { name: '我的教师信息' }).waitFor();
    expect(new URL(teacher.page.url()).pathname).toBe('/me/');
    const sys = await desks.now.as('sys@2133110001');
    await sys.open('/');
    await sys.page
      .getByRole('link', { name: /尚未激活的账号|尚未签发激活单的账号/ })
      .first()
      .waitFor();
    expect(await sys.page.getByRole('link', { name: '待审核的教师信息' }).count()).toBe(0);
    await sys.axe();
    const auditor = await desks.now.as('audit@331100');
    await auditor.open('/');
    await auditor.page.getByText('没有待办事项').waitFor();
    expect(await auditor.page.getByRole('link', { name: '通知' }).count()).toBe(0);
    await auditor.axe();
  });

  it('shows the plan of the collection; the authority confirms head counts and moves dates', async () => {
    const desk = await desks.now.as('info@331100');
    await desk.open('/collection');
    await desk.page.getByRole('heading', { name: '应采集人数' }).waitFor();
    await desk.axe();
    await desk.screenshot('collection');
    await desk.page.getByRole('button', { name: /^(修改|设定时间)$/ }).click();
    await desk.page.getByLabel('开始日').fill('2026-10-01');
    await desk.page.getByLabel('截止日').fill('2027-01-10');
    await desk.page.getByLabel('关闭日').fill('2026-12-01');
    desk.expectStatus(422);
    await desk.page.getByRole('button', { name: '保存' }).click();
    await desk.page.getByText('日期须依次为').waitFor();
    await desk.page.getByLabel('关闭日').fill('2027-02-01');
    await desk.axe();
    await desk.page.getByRole('button', { name: '保存' }).click();
    await desk.page.getByText('采集时间已保存').waitFor();
    await desk.page.getByText('2027-01-10').waitFor();

    const declared = String(randomInt(60, 200));
    const school = await desks.now.as('info@3433110005');
    await school.open('/collection');
    await school.page.getByRole('spinbutton', { name: '应采集人数' }).fill(declared);
    await school.page.getByRole('button', { name: /填报|改报/ }).click();
    await school.page.getByText('待上级确认').waitFor();
    await school.axe();
    await desk.go('/collection?state=declared');
    await desk.page.getByRole('button', { name: `确认 ${declared}` }).click();
    await desk.page.getByText('已确认 1 所学校').waitFor();
  });

  it('shows notices, in English too', async () => {
    const desk = await desks.now.as('info@331102', { language: 'en' });
    await desk.open('/notices');
    await desk.page.getByRole('heading', { name: 'Notices' }).waitFor();
    await desk.axe();
    for (const path of ['/', '/progress', '/urgings', '/collection']) {
      await desk.go(path);
      const left = (await desk.page.locator('#content').innerText()).match(/待办|督办|通知|采集|填报/);
      expect([path, left?.[0]]).toEqual([path, undefined]);
    }
  });
});
