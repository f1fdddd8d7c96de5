import ExcelJS from 'exceljs';
import type { Desk } from './desk/desk';
import { useDesks } from './desk/desks';

jest.setTimeout(180_000);

const reviewer = '㛃䶮·𬭊';
const problems = '个别学校进度慢，已逐校督促。';

const field = (desk: Desk, name: string) => desk.page.getByRole('textbox', { name, exact: true });

/** With the keyboard alone, as whoever copies figures from a notebook does. */
async function fill(desk: Desk, name: string, text: string): Promise<void> {
  await field(desk, name).focus();
  await desk.page.keyboard.press('Control+A');
  await desk.type(text);
}

async function choose(desk: Desk, group: string, name: '是' | '否'): Promise<void> {
  await desk.page.getByRole('radiogroup', { name: group }).getByRole('radio', { name }).focus();
  await desk.press('Space');
}

async function fillSheet(desk: Desk): Promise<void> {
  await choose(desk, '是否成立工作小组', '是');
  await fill(desk, '工作小组成立日期', '2016年9月1日');
  await choose(desk, '是否印发工作方案', '否');
  await fill(desk, '培训场次', '２');
  await fill(desk, '培训教育行政部门人员（人次）', '10');
  await fill(desk, '培训学校人员（人次）', '30');
  await fill(desk, '已覆盖学校数', '1');
  await fill(desk, '存在问题', problems);
  await fill(desk, '审核人', reviewer);
}

const menu = (desk: Desk) => desk.page.getByRole('link', { name: '月报表', exact: true });
const begin = (desk: Desk) => desk.page.getByRole('button', { name: /^(填报.*月报|继续填报)$/ });
const submit = (desk: Desk) => desk.page.getByRole('button', { name: /^保存并上报/ });

/** Label → what stands in the last column, as it is read on the page. */
const figuresOn = (desk: Desk): Promise<Record<string, string>> =>
  desk.page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('.report-sheet tbody tr')].flatMap((row) => {
        const label = row.querySelector('.report-figure')?.textContent;
        const last = row.querySelector('td:last-child')?.textContent;
        return label ? [[label, last ?? '']] : [];
      }),
    ),
  );

async function workbookOf(desk: Desk): Promise<{ name: string; rows: ExcelJS.CellValue[][] }> {
  const coming = desk.page.waitForEvent('download');
  await desk.page.getByRole('button', { name: '下载 Excel' }).click();
  const file = await coming;
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(await file.path());
  const rows: ExcelJS.CellValue[][] = [];
  workbook.worksheets[0]!.eachRow((row) => rows.push((row.values as ExcelJS.CellValue[]).slice(1)));
  return { name: file.suggestedFilename(), rows };
}

const asShown = (value: ExcelJS.CellValue, shown: string): string => {
  if (value === null || value === undefined) return '—';
  if (typeof value === 'number') {
    if (!shown.endsWith('%')) return String(value);
    return value === 0 || value === 1 ? `${value * 100} %` : `${(value * 100).toFixed(1)} %`;
  }
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** Job h: 月报表 (工作方案 六(三)). One report after the other: the city sums what the counties have sent. */
describe('the monthly report', () => {
  const desks = useDesks();

  it('names every mistake at its field, and loses nothing when somebody else saved meanwhile', async () => {
    const desk = await desks.now.as('info@331121');
    const other = await desks.now.as('info@331121');
    await desk.open('/monthly-reports');
    await begin(desk).click();
    await field(desk, '培训场次').waitFor();
    expect(await desk.page.getByText('有未保存的修改').count()).toBe(0);
    await desk.axe();
    await other.open('/monthly-reports');
    await other.page.getByRole('button', { name: '继续填报' }).click();
    await fill(desk, '培训场次', '三');
    await fill(desk, '工作小组成立日期', '2016-02-30');
    await fill(desk, '已覆盖学校数', '999');
    await choose(desk, '是否成立工作小组', '是');
    await submit(desk).click();
    const summary = desk.page.getByRole('alert').first();
    await summary.getByText('应为不小于 0 的整数，如 12').waitFor();
    const words = await summary.textContent();
    for (const said of ['应为真实日期', '请填写是否印发工作方案', '不得超过1（应覆盖学校数）', '请填写审核人'])
      expect(words).toContain(said);
    expect(await desk.page.evaluate(() => document.activeElement?.className)).toContain('sd-error-summary');
    await desk.axe();
    await desk.screenshot('monthly-report-mistakes');

    await fill(other, '培训场次', '7');
    await fill(other, '存在问题', '对方写的');
    await other.page.getByRole('button', { name: '保存', exact: true }).click();
    await other.page.getByText('已保存').waitFor();
    desk.expectStatus(412);
    await fillSheet(desk);
    await fill(desk, '存在问题', '');
    await desk.page.keyboard.press('Backspace');
    await desk.page.getByRole('button', { name: '保存', exact: true }).click();
    const notice = desk.page.getByRole('alert').filter({ hasText: '他人刚修改过这张表' });
    await notice.getByText('对方填的：7').waitFor();
    expect(await field(desk, '存在问题').inputValue()).toBe('对方写的');
    expect(await field(desk, '审核人').inputValue()).toBe(reviewer);
    await notice.getByRole('button', { name: '用我的' }).click();
    await submit(desk).click();
    await desk.page.getByText('已上报，待接收').waitFor();
  });

  it('costs a county three clicks; the figures fill themselves and open their lists', async () => {
    const desk = await desks.now.as('info@331102');
    await desk.open('/');
    desk.count();
    await desk.click(menu(desk));
    await desk.click(begin(desk));
    await field(desk, '培训场次').waitFor();
    await fillSheet(desk);
    await desk.click(submit(desk));
    await desk.page.getByText('已上报，待接收').waitFor();
    expect(desk.clicks).toBeLessThanOrEqual(3);

    const count = Number((await figuresOn(desk))['已建账人数']);
    expect(count).toBeGreaterThan(0);
    await desk.page.getByRole('button', { name: `已建账人数 ${count}，查看名单` }).click();
    await desk.page.getByText('上报时的名单').waitFor();
    await desk.page.getByText(`共 ${count} 条`).waitFor();
    await desk.axe();
  });

  it('costs the city four clicks; the roll-up names who is missing', async () => {
    const desk = await desks.now.as('info@331100');
    await desk.open('/');
    desk.count();
    await desk.click(menu(desk));
    await desk.page.getByRole('row', { name: /缙云县教育局 未填报/ }).waitFor();
    await desk.axe();
    await desk.screenshot('monthly-report-month');
    await desk.click(begin(desk));
    const rollUp = desk.page.getByText('汇总情况').locator('xpath=ancestor::*[@role="alert"]');
    await rollUp.getByText(/已上报待接收 2 个/).waitFor();
    await fillSheet(desk);
    await desk.click(desk.page.getByRole('button', { name: '全部接收（2）' }));
    await rollUp.getByText(/已计入合计 2 个/).waitFor();
    for (const name of ['缙云县', '遂昌县', '松阳县', '云和县', '庆元县', '景宁畲族自治县', '龙泉市'])
      expect(await rollUp.textContent()).toContain(`${name}教育局`);
    expect(await field(desk, '审核人').inputValue()).toBe(reviewer);
    await desk.screenshot('monthly-report-roll-up');
    await desk.click(submit(desk));
    await desk.page.getByText('已上报，待接收').waitFor();
    expect(desk.clicks).toBeLessThanOrEqual(4);
    await rollUp.getByText('汇总时缺报 7 个，未计入合计：').waitFor();
    await desk.axe();
  });

  it('is the same sheet on the page, in print and in the workbook', async () => {
    const desk = await desks.now.as('info@331100');
    await desk.open('/monthly-reports');
    await desk.page.getByRole('button', { name: '查看', exact: true }).click();
    await desk.page.getByRole('heading', { name: '部署与启用月报表' }).waitFor();
    const shown = await figuresOn(desk);
    const { name, rows } = await workbookOf(desk);
    expect(name).toMatch(/^部署与启用月报表-丽水市教育局-\d{4}-\d{2}\.xlsx$/);
    // a row ends with its last cell that holds something: the sum stands where the heading says so
    const sum = rows[3]!.indexOf('合计');
    const written = new Map(rows.map((row) => [row[1], row[sum]]));
    for (const [label, figure] of Object.entries(shown).filter(([, each]) => !each.includes('个单位')))
      expect([label, asShown(written.get(label), figure)]).toEqual([label, figure]);
    expect(Object.keys(shown).length).toBeGreaterThan(25);
    const words = rows.flat().map(String).join('\n');
    expect(words).toContain(`审核人：${reviewer}`);
    expect(words).toContain('缺报（7 个，未计入合计）');
    expect(words).toContain(problems);

    const paper = (await desk.page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(paper) ?? [];
    expect(Number(width)).toBeGreaterThan(Number(height));
    await desk.page.emulateMedia({ media: 'print' });
    await desk.page.setViewportSize({ width: 1123, height: 794 });
    expect(await menu(desk).isVisible()).toBe(false);
    await desk.screenshot('monthly-report-print');
  });

  it('goes back with a reason, is opened again as a numbered version, and speaks English', async () => {
    const city = await desks.now.as('info@331100');
    await city.open('/monthly-reports/all');
    await city.page
      .getByRole('row', { name: /莲都区教育局/ })
      .getByRole('link')
      .click();
    await city.page.getByRole('heading', { name: /^莲都区教育局 .* 月报表$/ }).waitFor();
    await city.page.getByText('已汇总').waitFor();
    const county = await desks.now.as('info@331102', { language: 'en' });
    await county.open('/monthly-reports');
    await county.page.getByRole('button', { name: 'Open', exact: true }).click();
    await county.page.getByRole('button', { name: 'Restate' }).click();
    const dialog = county.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Restate' }).click();
    await dialog.getByText('Give a reason').waitFor();
    // the words that are missing are asked for where one types them
    await county.type('漏报一场培训');
    await dialog.getByRole('button', { name: 'Restate' }).click();
    await county.page.getByRole('button', { name: 'Save and submit' }).click();
    await county.page.getByText('Submitted, waits to be accepted').waitFor();
    await county.page.getByText('A restatement: 漏报一场培训').waitFor();
    await county.axe();
    await city.go('/monthly-reports');
    await city.page.getByRole('button', { name: '退回莲都区教育局的月报' }).click();
    await city.page.getByLabel('退回原因（填报单位会看到）').fill('培训场次请核对');
    await city.page.getByRole('dialog').getByRole('button', { name: '退回' }).click();
    await city.page.getByRole('row', { name: /莲都区教育局 已退回，待修改/ }).waitFor();
    await county.page.reload();
    await county.page.getByText('Returned: 培训场次请核对').waitFor();
  });
});
