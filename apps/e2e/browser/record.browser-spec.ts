import { demoPassword, demoSchools } from '@shidang/seed';
import type { Page } from 'playwright-core';
import type { Desk } from './desk/desk';
import { useDesks } from './desk/desks';

jest.setTimeout(120_000);

interface Listed {
  readonly id: string;
  readonly name: string;
}

/** Records of the school by their state; each script takes another place in the list, so none meets another's work. */
async function recordAt(desk: Desk, status: string, place = 0): Promise<Listed> {
  const answer = await desk.context.request.get(`${desk.url}/api/v1/teachers?status=${status}&limit=200`);
  const { items } = (await answer.json()) as { items: Listed[] };
  const found = items.at(place);
  if (!found) throw new Error(`no record is ${status} (place ${place} of ${items.length})`);
  return found;
}

/** Another value in every run: writing what is there already is no change. Letters only, for names have no digits. */
const stamp = Date.now()
  .toString(36)
  .replace(/\d/g, (digit) => 'ghijklmnop'.charAt(Number(digit)));

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const save = (page: Page) => page.getByRole('button', { name: '保存', exact: true });
const saved = (page: Page) => page.getByRole('status').getByText(/^已保存/);

describe('a record in the console', () => {
  const desks = useDesks();
  const information = () => desks.now.as(`info@${demoSchools.primary}`);
  /** Goes from record to record, as one does all day. */
  let desk: Desk;

  beforeAll(async () => {
    desk = await information();
    await desk.open('/teachers');
  });

  it('a session that ends in the middle of a section loses nothing', async () => {
    const desk = await information();
    desk.expectStatus(401);
    const { id } = await recordAt(desk, 'draft');
    await desk.open(`/teachers/${id}`);
    await field(desk.page, '曾用名').fill(`欧阳若兰${stamp}`);
    await field(desk.page, '教职工号').fill(`OJ-${stamp}`);
    await desk.context.clearCookies();
    await save(desk.page).click();
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByText('登录已过期').waitFor();
    await dialog.getByLabel('密码', { exact: true }).fill(demoPassword);
    await desk.press('Enter');
    await saved(desk.page).waitFor();
    await desk.page.reload();
    await field(desk.page, '曾用名').waitFor();
    expect(await field(desk.page, '曾用名').inputValue()).toBe(`欧阳若兰${stamp}`);
    expect(await field(desk.page, '教职工号').inputValue()).toBe(`OJ-${stamp}`);
    await desk.axe();
    await desk.screenshot('record');
  });

  it('what was typed and not saved is back after a reload; sensitive values are not kept in the browser', async () => {
    const { id } = await recordAt(desk, 'draft', -1);
    await desk.go(`/teachers/${id}`);
    await field(desk.page, '曾用名').fill('半途而废');
    await field(desk.page, '教职工号').focus();
    await desk.page.reload();
    await desk.page.getByText('已恢复您上次未保存的内容').waitFor();
    expect(await field(desk.page, '曾用名').inputValue()).toBe('半途而废');
    await desk.page.getByRole('button', { name: '放弃未保存的内容' }).click();
    expect(await field(desk.page, '曾用名').inputValue()).toBe('');
    await desk.go(`/teachers/${id}?section=contact`);
    await field(desk.page, '手机').fill('13900000000');
    await field(desk.page, '联系电话').focus();
    expect(await desk.page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain(
      '1390',
    );
  });

  it('two at one row: what only one changed is merged, what both changed is asked, field by field', async () => {
    const desk = await information();
    desk.expectStatus(412);
    const { id } = await recordAt(desk, 'draft', 1);
    const first = desk.page;
    await desk.open(`/teachers/${id}`);
    await field(first, '曾用名').waitFor();
    const second = await desk.context.newPage();
    await second.goto(`${desk.url}/console/teachers/${id}`);
    await field(second, '曾用名').waitFor();

    await field(first, '教职工号').fill(`A-${stamp}`);
    await save(first).click();
    await saved(first).waitFor();
    await field(second, '曾用名').fill(`乙${stamp}`);
    await save(second).click();
    await second.getByText('他人刚修改了：教职工号；已合并并保存').waitFor();

    await field(second, '曾用名').fill(`丙${stamp}`);
    await save(second).click();
    await saved(second).waitFor();
    await field(first, '曾用名').fill(`丁${stamp}`);
    await save(first).click();
    const dialog = first.getByRole('dialog');
    await dialog.getByText('此条信息刚被他人修改').waitFor();
    await dialog.getByText(`对方改为：丙${stamp}`).waitFor();
    await desk.axe();
    await desk.screenshot('merge');
    await dialog.getByRole('button', { name: '按所选保存' }).click();
    await saved(first).waitFor();
    await first.reload();
    await field(first, '曾用名').waitFor();
    expect(await field(first, '曾用名').inputValue()).toBe(`丁${stamp}`);
    expect(await field(first, '教职工号').inputValue()).toBe(`A-${stamp}`);
    await second.close();
  });

  it('a mistake is named at the field and on top, with the way to mend it, and is not saved', async () => {
    const { id } = await recordAt(desk, 'draft', 2);
    await desk.go(`/teachers/${id}?section=education&entry=new`);
    await field(desk.page, '入学年月').fill('去年');
    await desk.page.getByRole('button', { name: '保存', exact: true }).click();
    const summary = desk.page.getByRole('alert').filter({ hasText: '需要修改' });
    await summary.getByText(/请写成 2016-09 这样/).waitFor();
    expect(await desk.page.evaluate(() => document.activeElement?.className)).toContain('sd-error-summary');
    await desk.axe();
    await summary.getByRole('link', { name: '入学年月' }).click();
    expect(await desk.page.evaluate(() => document.activeElement?.id)).toContain('enrollMonth');
    await field(desk.page, '入学年月').fill('2003年9月');
    await field(desk.page, '获得学历').click();
    await desk.type('0');
    await desk.page.getByTitle('0-无').click();
    await field(desk.page, '入学年月').waitFor({ state: 'detached' });
  });

  it('is submitted with a declaration, and withdrawn again', async () => {
    const { id } = await recordAt(desk, 'complete');
    await desk.go(`/teachers/${id}`);
    await desk.page.getByRole('button', { name: '提交审核' }).click();
    const dialog = desk.page.getByRole('dialog');
    for (const reason of await dialog.getByLabel('说明理由').all()) await reason.fill('已核对原件');
    await dialog.getByRole('checkbox').check();
    await desk.axe();
    await desk.screenshot('submit');
    await dialog.getByRole('button', { name: '提交审核' }).click();
    await desk.page.getByText('审核中，不能修改').first().waitFor();
    expect(await desk.page.locator('.record-title').innerText()).toContain('待学校审核');
    await desk.page.getByRole('button', { name: '撤回提交' }).click();
    await desk.page.getByRole('dialog').getByRole('button', { name: '撤回提交' }).click();
    await desk.page.getByRole('button', { name: '提交审核' }).waitFor({ timeout: 30_000 });
  });

  it('after a return only what was marked is open, with the reviewer’s words beside it', async () => {
    const { id } = await recordAt(desk, 'school-returned');
    const marks = await desk.context.request.get(`${desk.url}/api/v1/teachers/${id}/review-marks`);
    const [mark] = ((await marks.json()) as { marks: { section: string; entryId?: string; words: string }[] }).marks;
    await desk.go(`/teachers/${id}?section=${mark!.section}${mark!.entryId ? `&entry=${mark!.entryId}` : ''}`);
    await desk.page.getByText(mark!.words).first().waitFor();
    await desk.page.getByText('退回修改只能改审核人标注的内容').first().waitFor();
    await desk.axe();
    await desk.screenshot('returned');
  });

  it('an effective value changes on request only; who looks at a sensitive value is on record', async () => {
    const { id } = await recordAt(desk, 'effective', 1);
    await desk.go(`/teachers/${id}`);
    await desk.page.getByRole('button', { name: '申请变更：曾用名' }).click();
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByRole('button', { name: '提交申请' }).click();
    await dialog.getByText('请填写新值').waitFor();
    await dialog.getByLabel('新值').fill('钟若水');
    await dialog.getByLabel(/变更理由/).fill('按户口簿更正');
    await desk.axe();
    await desk.screenshot('change-request');
    await dialog.getByRole('button', { name: '提交申请' }).click();
    await desk.page.getByText('变更审核中').first().waitFor();

    await desk.page.getByRole('button', { name: '显示证件号码' }).click();
    await desk.page.getByRole('dialog').getByRole('button', { name: '核对信息' }).click();
    await desk.page
      .locator('.record-facts')
      .getByText(/\d{17}[\dX]/)
      .waitFor();
    await desk.page.getByRole('tab', { name: '查阅记录' }).click();
    await desk.page
      .getByText(/核对信息/)
      .first()
      .waitFor();
    await desk.page.getByRole('tab', { name: '变更历史' }).click();
    await desk.page.getByText('网页填报').first().waitFor();
    await desk.axe();
    await desk.screenshot('history');
  });

  it('another county finds nothing of it, a viewer no pay, no ethics, no contact', async () => {
    const { id } = await recordAt(desk, 'effective', 1);
    const neighbour = await desks.now.as('info@331121');
    neighbour.expectStatus(404);
    await neighbour.open(`/teachers/${id}`);
    await neighbour.page.getByText('没有找到该教师').waitFor();
    const viewer = await desks.now.as('view@331102');
    await viewer.open(`/teachers/${id}`);
    await viewer.page.getByRole('button', { name: /学习经历/ }).waitFor();
    for (const section of ['基本待遇', '师德信息', '联系方式'])
      expect(await viewer.page.getByRole('button', { name: new RegExp(section) }).count()).toBe(0);
    await viewer.axe();
  });
});
