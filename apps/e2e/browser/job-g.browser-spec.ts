import { eventually } from '@shidang/testing/eventually';
import type { Desk } from './desk/desk';
import { useDesks } from './desk/desks';

jest.setTimeout(120_000);

const long = { timeout: 20_000, every: 250 };
const school = '2133110001';

/** Job g: a county sees who lags behind and whose turn it is, and urges, in three clicks. */
describe('job g: watch and urge', () => {
  const desks = useDesks();
  let county: Desk;

  beforeAll(async () => {
    county = await desks.now.as('info@331102');
  }, 60_000);

  it('ranks schools with what is whose turn, filters by preset, keeps it in the URL', async () => {
    const { page } = county;
    await county.open('/progress');
    await page.getByRole('heading', { name: '莲都区教育局采集进度' }).waitFor();
    const row = page.getByRole('row', { name: /莲都区瓯江小学/ });
    await row.getByText(/教师 \d+/).waitFor();
    await row.getByText(/退回待改 \d+/).waitFor();
    await county.axe();
    await county.screenshot('progress');
    await page.getByText('未启动').click();
    await page.getByText('没有符合条件的机构').waitFor();
    expect(page.url()).toContain('preset=not-started');
    await page.goBack();
    await row.waitFor();
    await page.getByRole('columnheader', { name: '已报送' }).click();
    await eventually(() => page.url().includes('sort=submitted'), 'the order stands in the URL', long);
  });

  it('urges in three clicks; the merged message and its reach stand there before it is sent', async () => {
    const { page } = county;
    await county.go('/progress');
    await page.getByRole('row', { name: /莲都区瓯江小学/ }).waitFor();
    county.count();
    await county.click(page.getByRole('checkbox', { name: '选择 莲都区瓯江小学（示例）' }));
    await county.click(page.getByRole('button', { name: '督办所选 1 个' }));
    const dialog = page.getByRole('dialog', { name: '督办' });
    await dialog.getByText(/【督办】莲都区教育局：莲都区瓯江小学（示例）尚有/).waitFor();
    await dialog.getByText(/信息管理员 1/).waitFor();
    await county.axe();
    await county.screenshot('urge-dialog');
    await county.click(dialog.getByRole('button', { name: /^发送给 \d+ 人$/ }));
    await page.getByText('督办已发出').waitFor();
    expect(county.clicks).toBeLessThanOrEqual(3);
    expect(county.keys).toBe(0);
  });

  it('gives a receipt when the recipient opens it, and brings the answer back', async () => {
    const { page } = county;
    await county.go('/urgings?box=sent');
    await page
      .getByText(/已读 0 \/ \d+，已回复 0/)
      .first()
      .waitFor();
    await county.axe();
    await page.getByRole('link', { name: '莲都区教育局' }).first().click();
    await page.getByRole('heading', { name: '回执' }).waitFor();
    const receipt = page.getByRole('row', { name: /信息管理员/ });
    await receipt.getByText('未读').waitFor();

    const info = await desks.now.as(`info@${school}`);
    await info.open('/urgings');
    await info.page.getByText('待回复', { exact: true }).last().waitFor();
    await info.axe();
    await info.screenshot('urgings-received');
    await info.page.getByRole('link', { name: '莲都区教育局' }).first().click();
    await info.page.getByText(/【督办】莲都区教育局/).waitFor();
    // the county's page counts again by itself
    await receipt.getByText('未读').waitFor({ state: 'detached' });

    await info.page.getByRole('button', { name: '提交回复' }).click();
    await info.page.getByText('请写明办理情况').waitFor();
    await info.page.getByRole('textbox', { name: '回复办理情况' }).fill('本周五前完成报送，另有两位教师休假。');
    await info.page.getByRole('button', { name: '提交回复' }).click();
    await info.page.getByText('已回复').first().waitFor();
    await info.axe();
    await receipt.getByText('本周五前完成报送，另有两位教师休假。').waitFor();
    await county.axe();
    await county.screenshot('urging-receipts');
  });

  it('merges what comes again into one notice', async () => {
    const info = await desks.now.as(`head@${school}`);
    const unread = async () => {
      const answer = await info.context.request.get(`${info.url}/api/v1/notices?unread=true`);
      const { items } = (await answer.json()) as { items: { kind: string; count: number }[] };
      return items.filter(({ kind }) => kind === 'urging');
    };
    const { page } = county;
    await county.go('/progress');
    await page.getByRole('checkbox', { name: '选择 莲都区瓯江小学（示例）' }).click();
    await page.getByRole('button', { name: '督办所选 1 个' }).click();
    await page.getByRole('button', { name: /^发送给 \d+ 人$/ }).click();
    await page.getByText('督办已发出').waitFor();
    await eventually(
      async () => {
        const notices = await unread();
        return notices.length === 1 && notices[0]!.count === 2;
      },
      'one notice stands for both',
      long,
    );
  });

  it('is nobody else’s to read, and urging is not drawn for who may not', async () => {
    const [mine] = (
      (await (await county.context.request.get(`${county.url}/api/v1/urgings?box=sent`)).json()) as {
        items: { id: string }[];
      }
    ).items;
    const beside = await desks.now.as('info@331121');
    beside.expectStatus(404);
    await beside.open(`/urgings/${mine!.id}`);
    await beside.page.getByText('没有找到该督办').waitFor();
    const viewer = await desks.now.as('view@331102');
    await viewer.open('/progress');
    await viewer.page.getByRole('row', { name: /莲都区瓯江小学/ }).waitFor();
    expect(await viewer.page.getByRole('button', { name: '督办' }).count()).toBe(0);
    expect(await viewer.page.getByRole('checkbox').count()).toBe(0);
    await viewer.go(`/urgings/${mine!.id}`);
    await viewer.page.getByRole('heading', { name: '您的岗位不能使用此页面' }).waitFor();
  });

  it('shows the teachers behind a figure by name, and prints the bulletin of a city', async () => {
    const { page } = county;
    await county.go('/progress/331102/teachers?turn=returned');
    await page.getByRole('row', { name: /退回/ }).nth(1).waitFor();
    await county.axe();
    const city = await desks.now.as('info@331100');
    await city.open('/progress');
    await city.page.getByRole('row', { name: /莲都区教育局/ }).waitFor();
    await city.page.getByText('所有学校').click();
    await city.page.getByRole('row', { name: /莲都区瓯江小学/ }).waitFor();
    await city.page.getByRole('link', { name: '通报' }).click();
    await city.page.getByRole('heading', { name: '教师信息采集进度通报' }).waitFor();
    await city.page.getByRole('row', { name: /瓯江小学.* \d+ \([\d.]+\s%\)/ }).waitFor();
    await city.axe();
    await city.page.emulateMedia({ media: 'print' });
    await city.screenshot('bulletin');
  });
});
