import {
  edited,
  makeCleanWorkbook,
  makeMistakesWorkbook,
  plantedMistakes,
  sampleTeachers,
  type ExpectedFinding,
} from '@shidang/seed';
import { eventually } from '@shidang/testing/eventually';
import ExcelJS from 'exceljs';
import type { Locator } from 'playwright-core';
import type { Desk } from './desk/desk';
import { useDesks, type Desks } from './desk/desks';

jest.setTimeout(180_000);

const school = '3433110005';
const rare = '㛃䶮·𬭊';

/** The people of a sample workbook, registered at the school before anybody sits down. */
async function register(now: Desks, seed: string, count = 60): Promise<void> {
  const desk = await now.as(`sys@${school}`);
  const csrf = (await desk.context.cookies()).find(({ name }) => name === 'shidang_csrf')?.value ?? '';
  const teachers = sampleTeachers(count, seed).map(({ name, sex, birthDate, document, employment }) => ({
    name,
    sex,
    birthDate,
    document,
    employment,
  }));
  const answer = await desk.context.request.post(`${now.system.url}/api/v1/teacher-lists`, {
    data: { teachers },
    headers: { 'x-csrf-token': csrf },
    timeout: 60_000,
  });
  if (!answer.ok()) throw new Error(`${seed}: ${answer.status()} ${await answer.text()}`);
  await desk.leave();
}

const chooseFile = (desk: Desk, name: string, buffer: Buffer) =>
  desk.page.locator('input[type=file]').setInputFiles({
    name,
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer,
  });

const shown = (locator: Locator) => locator.waitFor({ timeout: 60_000 });
const tabOf = (desk: Desk, name: RegExp) => desk.page.getByRole('tab', { name });
const findings = (desk: Desk) =>
  desk.page.locator('.imports-counts div').filter({ hasText: '问题（处）' }).locator('dd');
const found = (desk: Desk, count: number) => shown(findings(desk).filter({ hasText: new RegExp(`^${count}$`) }));
const activeCell = (desk: Desk) => desk.page.locator('[data-cell="active"]');
const saved = (desk: Desk) => shown(desk.page.getByText(/^已保存 \d\d:\d\d$/));

async function tabTo(desk: Desk, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await desk.press('Tab');
  }
  throw new Error('it never got the focus');
}

describe('job d: a school imports its workbook', () => {
  const desks = useDesks();
  /** The school's. */
  let office: Desk;

  beforeAll(async () => {
    office = await desks.now.as(`info@${school}`);
    await office.open('/imports');
  });

  it('a clean one is committed with two clicks, seen in the records, and taken back', async () => {
    await register(desks.now, 'job-d-clean', 12);
    const desk = office;
    await shown(desk.page.getByRole('heading', { name: '工作簿导入', level: 1 }));
    await desk.axe();
    await desk.screenshot('imports');
    desk.count();
    // opening the chooser is a click of the person; choosing in it is the browser's own dialog
    const chooser = desk.page.waitForEvent('filechooser');
    await desk.click(desk.page.getByRole('button', { name: '选择工作簿（.xlsx）' }));
    const file = await makeCleanWorkbook(sampleTeachers(12, 'job-d-clean'), 2);
    await (
      await chooser
    ).setFiles({
      name: `${rare}-教师信息.xlsx`,
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: file,
    });
    await shown(desk.page.getByText('没有发现问题，可以导入。'));
    await desk.axe();
    await desk.click(desk.page.getByRole('button', { name: /^导入 \d+ 行$/ }));
    await shown(desk.page.getByText(/^已导入 12 位教师/));
    expect(desk.clicks + desk.keys).toBeLessThanOrEqual(2);
    await desk.axe();
    await desk.screenshot('import-committed');
    expect(await desk.page.getByRole('heading', { level: 1 }).textContent()).toBe(`${rare}-教师信息.xlsx`);

    await desk.page.getByRole('button', { name: '撤回本次导入' }).click();
    await desk.page.getByRole('dialog').getByRole('button', { name: '撤回本次导入' }).click();
    await shown(desk.page.getByText(/^已撤回：删除 \d+ 行/));
  });

  it('one with changed headers asks which column holds what, by keyboard, once', async () => {
    const teachers = sampleTeachers(4, 'job-d-headers');
    await register(desks.now, 'job-d-headers', 4);
    const sheet = '联系方式';
    const file = await edited(await makeCleanWorkbook(teachers, 1), [
      { sheet, cell: 'A1', value: '身份证号码' },
      { sheet, cell: 'D1', value: '电话（固定）' },
      { sheet, cell: 'E1', value: '手机联系方式' },
      { sheet, cell: 'H1', value: '小灵通' },
      { sheet, cell: 'H2', value: '05782345678' },
    ]);
    const desk = office;
    const { page } = desk;
    await desk.go('/imports');
    await chooseFile(desk, '改过表头.xlsx', file);
    const goOn = page.getByRole('button', { name: '继续检查' });
    await shown(goOn);
    await shown(page.getByText('还有 1 列请选择对应的指标，或选“不导入”。'));
    await desk.axe();
    await desk.screenshot('import-columns');
    expect(await goOn.isDisabled()).toBe(true);
    // sure ones are folded away
    expect(await page.getByText('身份证号码').count()).toBe(0);
    desk.count();
    await desk.press('F8');
    await desk.type('不导入');
    await desk.press('Enter');
    await shown(page.getByText('各列都有对应，请核对后继续。'));
    for (let presses = 0; presses < 40; presses++) {
      if (await goOn.evaluate((button) => button === document.activeElement)) break;
      await desk.press('Shift+Tab');
    }
    await desk.press('Enter');
    const commit = page.getByRole('button', { name: /^导入 \d+ 行$/ });
    await shown(commit);
    await shown(page.getByText('不导入 1 列（1 个值）'));
    expect(desk.clicks).toBe(0);
    await desk.click(commit);
    await shown(page.getByText(/^已导入 4 位教师/));
    expect(desk.clicks).toBe(1);

    await desk.go('/imports');
    await chooseFile(desk, '又一次.xlsx', file);
    await shown(page.getByText('没有错误，可以导入；请留意 1 处提醒。'));
    expect(await goOn.count()).toBe(0);
  });

  describe('with 37 mistakes', () => {
    let desk: Desk;
    let expected: readonly ExpectedFinding[];

    beforeAll(async () => {
      // what comes is no day for others: services are killed
      await office.leave();
      await register(desks.now, 'job-d');
      const made = await makeMistakesWorkbook('job-d');
      expected = made.expected;
      desk = await desks.now.as(`info@${school}`);
      await desk.open('/imports');
      await chooseFile(desk, '三十七处错误.xlsx', made.file);
      // a column the template does not have: asked about once
      await desk.page.getByRole('button', { name: '其余列不导入' }).click();
      await desk.page.getByRole('button', { name: '继续检查' }).click();
      await found(desk, plantedMistakes);
    }, 120_000);

    it('all are listed by cause, and equal ones mended at once', async () => {
      const cells = desk.page.getByRole('table').locator('tbody tr').locator('td:nth-child(5)');
      await cells.first().waitFor();
      const counts = await cells.allInnerTexts();
      expect(counts.reduce((sum, each) => sum + Number(each), 0)).toBe(plantedMistakes);
      await desk.axe();
      await desk.screenshot('import-causes');
      expect(await tabOf(desk, /问题归类/).innerText()).toBe(`问题归类（${counts.length}）`);
      const row = desk.page.getByRole('row').filter({ hasText: '非常好' });
      expect(await row.innerText()).toMatch(/第 \d+ 行/);
      await row.getByText('可填：').waitFor();
      await row.getByRole('button', { name: '全部改为…' }).click();
      await desk.page.getByRole('combobox', { name: '把“非常好”全部改为' }).fill('熟练');
      await desk.screenshot('import-choices');
      await desk.page.getByRole('option', { name: '2-熟练' }).waitFor({ state: 'attached' });
      await desk.press('Enter');
      await desk.page.getByRole('button', { name: '改', exact: true }).click();
      await found(desk, plantedMistakes - 1);
      await saved(desk);
    });

    it('F8 leads from cell to cell, each says what is wrong, a cell is mended by typing, and undone', async () => {
      desk.count();
      await desk.press('F8');
      await shown(desk.page.getByRole('grid'));
      await shown(activeCell(desk));
      await eventually(async () => (await activeCell(desk).getAttribute('aria-invalid')) === 'true', 'a wrong cell');
      await shown(desk.page.getByRole('tooltip'));
      await desk.axe();
      await desk.screenshot('import-grid');
      const wrong = expected.find(({ sheet, code, row }) => sheet === '基本信息' && code === 'too_long' && row > 1)!;
      const place = `${wrong.row}-${wrong.column}`;
      for (let presses = 0; presses < plantedMistakes; presses++) {
        if ((await activeCell(desk).getAttribute('data-place')) === place) break;
        await desk.press('F8');
      }
      expect(await activeCell(desk).getAttribute('data-place')).toBe(place);
      await desk.press('F2');
      await desk.press('Control+a');
      await desk.type('无');
      await desk.press('Enter');
      await eventually(async () => (await findings(desk).textContent()) === '35', 'one finding less');
      await saved(desk);
      await desk.press('Control+z');
      await eventually(async () => (await findings(desk).textContent()) === '36', 'the change is undone');
      expect(desk.clicks).toBe(0);
    });

    it('the file with red cells has exactly those, with notes', async () => {
      // a file that takes its time is asked for again by the page itself
      desk.expectStatus(503);
      const download = desk.page.waitForEvent('download', { timeout: 90_000 });
      await desk.page.getByRole('button', { name: '下载标红文件' }).click();
      const file = await download;
      expect(file.suggestedFilename()).toBe('三十七处错误-标红.xlsx');
      const whole = new ExcelJS.Workbook();
      await whole.xlsx.readFile(await file.path());
      const red: string[] = [];
      for (const sheet of whole.worksheets)
        sheet.eachRow((row) =>
          row.eachCell({ includeEmpty: true }, (cell) => {
            const { fill } = cell;
            if (fill?.type === 'pattern' && fill.fgColor?.argb === 'FFFFC7CE')
              red.push(`${sheet.name}!${cell.address}`);
          }),
        );
      const still = expected.filter(({ code, sheet }) => !(code === 'unknown_code' && sheet === '基本信息'));
      expect(red.sort()).toEqual(still.map(({ sheet, row, column }) => `${sheet}!${column}${row}`).sort());
      for (const { sheet, row, column } of still)
        expect([sheet, row, Boolean(whole.getWorksheet(sheet)!.getCell(`${column}${row}`).note)]).toEqual([
          sheet,
          row,
          true,
        ]);
    });

    it('a reload in the middle goes on where it was', async () => {
      const url = desk.page.url();
      await desk.page.reload();
      await shown(desk.page.getByRole('grid'));
      expect(desk.page.url()).toBe(url);
      await found(desk, 36);
    });

    it('gateway and records killed while a cell is typed: nothing typed is lost', async () => {
      desk.expectOutage();
      const { page } = desk;
      await page.getByRole('combobox', { name: '工作表' }).waitFor();
      await desk.press('F8');
      await shown(activeCell(desk));
      const wrong = expected.find(({ sheet, code, row }) => sheet === '基本信息' && code === 'too_long' && row > 1)!;
      const place = `${wrong.row}-${wrong.column}`;
      for (let presses = 0; presses < plantedMistakes; presses++) {
        if ((await activeCell(desk).getAttribute('data-place')) === place) break;
        await desk.press('F8');
      }
      expect(await activeCell(desk).getAttribute('data-place')).toBe(place);
      await desk.press('F2');
      await desk.press('Control+a');
      await desk.type(`备注${rare}`);
      await Promise.all([desks.now.kill('gateway'), desks.now.kill('records')]);
      await desk.type('，断线时接着写');
      await desk.press('Enter');
      await shown(page.getByText('未保存 1 处'));
      await desk.screenshot('import-offline');
      await saved(desk);
      await found(desk, 35);
      const cell = page.locator(`[data-place="${place}"]`);
      expect(await cell.innerText()).toBe(`备注${rare}，断线时接着写`);
      await page.reload();
      await shown(page.getByRole('grid'));
      await found(desk, 35);
    });

    it('the rest is committed with its counts; bad rows stay out and can be fetched', async () => {
      await desk.page.getByRole('button', { name: /^导入 \d+ 行$/ }).click();
      await shown(desk.page.getByText(/^已导入 \d+ 位教师/));
      await shown(desk.page.getByText(/行有错，没有导入/));
      await shown(desk.page.getByRole('button', { name: '下载标红文件' }));
      await desk.axe();
    });
  });

  it('goes by keyboard alone', async () => {
    await register(desks.now, 'job-d-keys', 3);
    const desk = await desks.now.as(`info@${school}`);
    const { page } = desk;
    // Chromium hears early that dialogs for files are taken: told only at the key, it may hear it after the key
    page.on('filechooser', () => undefined);
    await desk.open('/imports');
    const upload = page.getByRole('button', { name: '选择工作簿（.xlsx）' });
    await shown(upload);
    await page.waitForFunction(() => !document.querySelector('#content [aria-busy="true"]'));
    const chooser = await eventually(
      async () => {
        const opened = page.waitForEvent('filechooser', { timeout: 5_000 });
        await tabTo(desk, upload);
        await Promise.all([opened, desk.press('Enter')]);
        return opened;
      },
      'the dialog for files opens',
      { timeout: 60_000 },
    );
    await chooser.setFiles({
      name: '键盘.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: await makeCleanWorkbook(sampleTeachers(3, 'job-d-keys'), 1),
    });
    const commit = page.getByRole('button', { name: /^导入 \d+ 行$/ });
    await shown(commit);
    await tabTo(desk, commit);
    await desk.press('Enter');
    await shown(page.getByText(/^已导入 3 位教师/));
    expect(desk.clicks).toBe(0);
    await desk.leave();
  });

  it('a file that is no workbook is refused in words, and the next one can be chosen', async () => {
    const desk = await desks.now.as(`info@${school}`);
    desk.expectStatus(415);
    await desk.open('/imports');
    await shown(desk.page.getByRole('button', { name: '选择工作簿（.xlsx）' }));
    await chooseFile(desk, '不是工作簿.xlsx', Buffer.from('MZ, and nothing else'));
    await shown(desk.page.getByText('这不是 .xlsx 工作簿，请下载模板填写后上传'));
    await desk.axe();
  });

  it('speaks English', async () => {
    const desk = await desks.now.as(`info@${school}`, { language: 'en' });
    await desk.open('/imports');
    await shown(desk.page.getByRole('heading', { name: 'Import a workbook' }));
    await shown(desk.page.getByRole('button', { name: 'Choose a workbook (.xlsx)' }));
    await desk.axe();
    await desk.leave();
  });
});
