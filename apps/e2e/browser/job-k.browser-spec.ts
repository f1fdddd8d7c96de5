import { demoPassword, demoSchools, demoTeachers } from '@shidang/seed';
import type { Desk } from './desk/desk';
import { useDesks } from './desk/desks';

jest.setTimeout(180_000);

const reason = '核对入职材料（审计演示）';

/** Somebody at work elsewhere, over the API. */
class Colleague {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async login(url: string, loginName: string): Promise<Colleague> {
    const nobody = new Colleague(url, '');
    const { token } = await nobody.ask<{ token: string }>('POST', '/sessions', { loginName, password: demoPassword });
    return new Colleague(url, token);
  }

  async ask<R>(method: string, path: string, body?: object): Promise<R> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
      },
      body: body ? JSON.stringify(body) : undefined,
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as R;
  }
}

/** Job k: an auditor finds who did what to a record, without seeing the record. */
describe('the auditor', () => {
  const desks = useDesks();
  let teacherId: string;
  let teacherName: string;
  let desk: Desk;

  beforeAll(async () => {
    desk = await desks.now.as('audit@331100');
    const { url } = desks.now.system;
    const teacher = await Colleague.login(url, demoTeachers.draft);
    const me = await teacher.ask<{ account: { teacherId: string; name?: string } }>('GET', '/me');
    ({ teacherId, name: teacherName = '' } = me.account);
    const values = { educationLevel: '21', educationSchool: '丽水学院（审计演示）', enrollMonth: '2005-09' };
    await teacher.ask('POST', `/teachers/${teacherId}/sections/education/entries`, { values });
    const school = await Colleague.login(url, `info@${demoSchools.primary}`);
    await school.ask('POST', `/teachers/${teacherId}/unmaskings`, { indicator: 'idNo', reason });
  }, 60_000);

  it('traces a record in three clicks: who wrote which fields, who looked at it and why, never what', async () => {
    await desk.open('/');
    desk.count();
    await desk.click(desk.page.getByRole('link', { name: '审计', exact: true }));
    const written = desk.page.getByRole('row', { name: /新增信息行.*获得学历/ }).first();
    await written.waitFor();
    // an organisation has its name, and whoever logs in is named though nobody was logged in yet
    await written.getByRole('cell', { name: '莲都区瓯江小学（示例）', exact: true }).waitFor();
    const logIn = desk.page
      .getByRole('row')
      .filter({ has: desk.page.getByRole('cell', { name: '登录', exact: true }) });
    await logIn.first().waitFor();
    expect(await logIn.first().innerText()).not.toContain('未登录或系统');
    await desk.axe();
    await desk.screenshot('audit');
    await desk.click(written.getByRole('button'));
    await desk.page.getByRole('dialog').getByText('变更后内容指纹').waitFor();
    await desk.axe();
    await desk.click(desk.page.getByRole('button', { name: '该档案的全部记录' }));
    await desk.page.getByText(`教师档案 ${teacherId} 的全部审计记录`).waitFor();
    const look = desk.page.getByRole('row', { name: /查看敏感信息明文/ });
    await look.waitFor();
    expect(desk.clicks).toBeLessThanOrEqual(3);
    await desk.screenshot('audit-record');
    await look.getByRole('button').click();
    await desk.page.getByRole('dialog').getByText(reason).waitFor();
    const words = (await desk.page.locator('body').textContent()) ?? '';
    expect(words).toContain(demoTeachers.draft);
    expect(words).not.toContain('丽水学院');
    expect(teacherName === '' || !words.includes(teacherName)).toBe(true);
  });

  it('asks by account, and the link shows the same to a colleague', async () => {
    await desk.open('/audit');
    await desk.page.getByLabel('操作账号').fill(demoTeachers.draft);
    await desk.page.getByLabel('起始日期').fill('明天');
    await desk.press('Enter');
    await desk.page.getByText('日期应写作 2016-11-23').waitFor();
    await desk.page.getByLabel('起始日期').fill('');
    await desk.press('Enter');
    await desk.page.getByText(/已显示 \d+ 条，共 \d+ 条/).waitFor();
    await desk.page
      .getByRole('row', { name: /新增信息行/ })
      .first()
      .waitFor();
    expect(await desk.page.getByRole('row', { name: /查看敏感信息明文/ }).count()).toBe(0);
    const link = new URL(desk.page.url());
    expect(link.searchParams.get('actor')).toBe(demoTeachers.draft);
    const colleague = await desks.now.as('audit@331100', { language: 'en' });
    await colleague.page.goto(link.href);
    await colleague.page
      .getByRole('row', { name: /add entry/ })
      .first()
      .waitFor();
    await colleague.axe();
    await desk.go('/audit?actor=nobody@000000');
    await desk.page.getByText('没有符合条件的记录。').waitFor();
  });

  it('sees that nobody has changed the trail, of each source', async () => {
    await desk.go('/audit');
    await desk.page.getByText(/审计链：5 个来源中 \d 个已核对，未发现改动/).click();
    for (const source of ['教师信息', '审核', '账号与机构', '统计与月报', '通知与督办'])
      await desk.page.getByRole('row', { name: new RegExp(`^${source} (未被改动|尚未核对)`) }).waitFor();
    await desk.axe();
    await desk.screenshot('audit-chain');
  });

  it('is nobody else: the page is neither drawn nor opened for an administrator', async () => {
    const administrator = await desks.now.as('sys@331100');
    await administrator.open('/audit');
    await administrator.page.getByText('查看审计记录').waitFor();
    expect(await administrator.page.getByRole('link', { name: '审计', exact: true }).count()).toBe(0);
  });
});
