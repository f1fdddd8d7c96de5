import type { Door } from '../src/door';
import { demoPassword } from '@shidang/seed';
import { useDesks } from './desk/desks';
import { jinhuaPeople, logIn, type PrintedSlip } from './jinhua';

jest.setTimeout(90_000);

/** From the slip in one's hand to the first log-in. */
describe('activation', () => {
  const desks = useDesks();
  const people = jinhuaPeople(20);
  const password = 'Qinghe#8264tan';
  let issuer: Door;

  beforeAll(async () => {
    issuer = await logIn(desks.now.system.url, 'sys@331102');
  });

  const slip = async () =>
    (await issuer.must<PrintedSlip>('POST', '/accounts', { body: { role: 'informationViewer' } })).body;

  it('scanned: says whose account it is, judges the password while it is typed, binds the person, logs in', async () => {
    const { code, loginName } = await slip();
    const person = people.next().value;
    const desk = await desks.now.guest({ viewport: { width: 390, height: 844 } });
    const asked: string[] = [];
    desk.page.on('request', (request) => asked.push(request.url()));
    await desk.open(`/activate#${code}`);
    await desk.page.getByText(loginName).waitFor();
    expect(desk.page.url()).not.toContain(code);
    await desk.page.getByText('信息查询员').waitFor();
    await desk.axe();
    await desk.page.getByRole('button', { name: '激活并登录' }).click();
    const summary = desk.page.getByRole('alert');
    await summary.getByText('请填写姓名').waitFor();
    await desk.axe();
    await desk.page.getByLabel('姓名').fill(person.name);
    await desk.page.getByLabel('证件号码').fill(person.document.number);
    const rule = (words: string) => desk.page.getByRole('listitem').filter({ hasText: words });
    await desk.page.getByLabel('设置密码', { exact: true }).fill('Password123');
    await rule('不是常见密码').getByText('未符合').waitFor();
    await rule('至少 10 个字符').getByText('已符合').waitFor();
    await desk.page.getByLabel('设置密码', { exact: true }).fill(`Kq-${person.document.number.slice(6, 14)}-w`);
    await rule('证件号码').getByText('未符合').waitFor();
    await desk.page.getByLabel('设置密码', { exact: true }).fill(password);
    await desk.page.getByLabel('再输一次密码').fill(password);
    await desk.screenshot('activation');
    await desk.page.getByRole('button', { name: '激活并登录' }).click();
    await desk.page.getByText('莲都区教育局 · 信息查询员').waitFor();
    expect(asked.filter((url) => url.includes(code))).toEqual([]);

    const again = await desks.now.guest();
    again.expectStatus(401);
    await again.open('/log-in');
    await again.page.getByLabel('登录名').fill(loginName);
    await again.page.getByLabel('密码', { exact: true }).fill(password);
    await again.press('Enter');
    await again.page.getByText('莲都区教育局 · 信息查询员').waitFor();
  });

  it('typed: a code that is used says so and how to get another one', async () => {
    const { code, accountId } = await slip();
    await issuer.must('POST', `/accounts/${accountId}/activation-slips`);
    const desk = await desks.now.guest();
    desk.expectStatus(422);
    await desk.open('/activate');
    await desk.page.getByLabel('激活码').fill(code);
    await desk.press('Enter');
    await desk.page.getByRole('alert').getByText('申请新的激活单').waitFor();
    expect(await desk.page.getByLabel('激活码').inputValue()).toBe(code);
    await desk.axe();
  });

  it('a wrong document number keeps everything that was typed', async () => {
    const { code } = await slip();
    const desk = await desks.now.guest({ language: 'en' });
    desk.expectStatus(422);
    await desk.open(`/activate#${code}`);
    await desk.page.getByLabel('Name', { exact: true }).fill('蓝·阿依古丽');
    await desk.page.getByLabel('Document number').fill('331196198001010011');
    await desk.page.getByLabel('Password', { exact: true }).fill(demoPassword);
    await desk.page.getByLabel('Password again').fill(demoPassword);
    await desk.press('Enter');
    await desk.page.getByRole('alert').getByText('document number').waitFor();
    expect(await desk.page.getByLabel('Name', { exact: true }).inputValue()).toBe('蓝·阿依古丽');
    expect(await desk.page.getByLabel('Password', { exact: true }).inputValue()).toBe(demoPassword);
  });
});
