import type { Door } from '../src/door';
import type { Desk } from './desk/desk';
import { useDesks } from './desk/desks';
import { beginCity, jinhuaPeople } from './jinhua';

jest.setTimeout(90_000);

/** Another city of the demo in which nobody has begun. */
const city = '330400';
const admin = `sys@${city}`;

describe('organisations', () => {
  const desks = useDesks();
  let door: Door;

  beforeAll(async () => {
    door = await beginCity(desks.now.system.url, city, jinhuaPeople(40).next().value);
    await door.must('POST', '/organisations', { body: { code: '330411', name: '秀洲区教育局' } });
  }, 90_000);

  const atDesk = async (path: string, who = admin): Promise<Desk> => {
    const desk = await desks.now.as(who);
    await desk.open(path);
    return desk;
  };

  it('are walked down and up again, where one is standing in the URL', async () => {
    const desk = await atDesk('/organisations', 'sys@330000');
    await desk.page.getByRole('link', { name: '丽水市教育局' }).click();
    await desk.page.getByRole('link', { name: '莲都区教育局' }).click();
    await desk.page.getByText('莲都区瓯江小学（示例）').waitFor();
    expect(desk.page.url()).toContain('at=331102');
    await desk.axe();
    await desk.screenshot('organisations');
    await desk.page.reload();
    await desk.page.getByText('莲都区瓯江小学（示例）').waitFor();
    const path = desk.page.getByRole('navigation', { name: '所在位置' });
    await path.getByRole('link', { name: '浙江省教育厅' }).click();
    await desk.page.getByRole('heading', { name: '浙江省教育厅' }).waitFor();
    // only the organisations right below are the province's to rename
    const renaming = desk.page.getByRole('button', { name: /^改名：/ });
    await renaming.first().waitFor();
    expect(await renaming.count()).toBeGreaterThan(5);
    await desk.open('/organisations?at=331100');
    await desk.page.getByRole('link', { name: '莲都区教育局' }).waitFor();
    expect(await desk.page.getByRole('button', { name: /^改名：|新建下级机构/ }).count()).toBe(0);
  });

  it('are searched everywhere below, by name and category', async () => {
    const desk = await atDesk('/organisations?everywhere=yes', 'sys@330000');
    await desk.page.getByLabel('机构名称或代码').fill('瓯江');
    await desk.press('Enter');
    const row = desk.page.getByRole('row').filter({ hasText: '瓯江高级中学' });
    await row.waitFor();
    expect(await row.textContent()).toContain('丽水市教育局');
    await desk.page.getByLabel('学校类别').click();
    await desk.page.getByTitle('特殊教育', { exact: true }).click();
    await desk.page.getByText('没有符合条件的机构').waitFor();
  });

  it('are founded: what is missing is named, the category follows from the running type', async () => {
    const desk = await atDesk('/organisations');
    await desk.page.getByText('秀洲区教育局').waitFor();
    await desk.press('n');
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByLabel('机构代码').fill('3433000401');
    await desk.press('Enter');
    await dialog.getByRole('alert').getByText('请填写办学类型').waitFor();
    await desk.axe();
    await dialog.getByLabel('名称').fill('嘉兴䶮湖高级中学（示例）');
    await dialog.getByLabel('办学类型').fill('342');
    await desk.press('Enter');
    await dialog.getByRole('button', { name: /^保\s?存$/ }).click();
    const row = desk.page.getByRole('row').filter({ hasText: '嘉兴䶮湖高级中学' });
    await row.waitFor();
    expect(await row.textContent()).toContain('中小学');
    expect(await row.textContent()).toContain('高级中学');
    expect(await desk.boxesIn(row)).toBe('');

    desk.expectStatus(422);
    await desk.press('n');
    await dialog.getByLabel('机构代码').fill('331102');
    await dialog.getByLabel('名称').fill('不属于这里');
    await desk.press('Enter');
    await dialog.getByText('不是 330400 的下级行政区划代码').waitFor();
    expect(await dialog.getByLabel('名称').inputValue()).toBe('不属于这里');
  });

  it('are renamed; who renamed it meanwhile is shown beside what one typed', async () => {
    const desk = await atDesk('/organisations');
    desk.expectStatus(412);
    await desk.page.getByRole('button', { name: '改名：秀洲区教育局' }).click();
    const dialog = desk.page.getByRole('dialog');
    await dialog.getByLabel('新名称').fill('秀洲区教育体育局');
    const { etag } = await door.must('GET', '/organisations/330411');
    await door.must('PATCH', '/organisations/330411', { body: { name: '秀洲区教体局' }, ifMatch: etag });
    await desk.press('Enter');
    await dialog.getByText('已被他人改为“秀洲区教体局”').waitFor();
    await desk.axe();
    await dialog.getByRole('button', { name: '改为“秀洲区教育体育局”' }).click();
    await desk.page.getByRole('link', { name: '秀洲区教育体育局' }).waitFor();
    const now = await door.must('GET', '/organisations/330411');
    expect(now.body).toMatchObject({ name: '秀洲区教育体育局' });
  });
});
