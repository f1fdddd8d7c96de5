import { demoSchools, inventPerson, Random } from '@shidang/seed';
import { useDesks } from './desk/desks';

jest.setTimeout(120_000);

const today = new Date().toISOString().slice(0, 10);
/** Never assigned, and not the one the demo's people have. */
const division = '331196';

const people = Array.from({ length: 200 }, (_, serial) => {
  const person = inventPerson(new Random(4711 + serial), serial, today, division);
  const { contract } = person.employment;
  const rare = ['㛃若兰', '䶮清源', '𬭊一诺', '蓝·阿依古丽'][serial];
  return {
    name: rare ?? person.name,
    number: person.document.number,
    establishment: person.employment.onEstablishment ? '在编' : '合同',
    post: person.employment.onEstablishment ? '' : '教师岗位',
    start: contract?.start ?? '',
    end: contract?.end ?? '',
  };
});

/** What is planted: row → what is wrong with it, in the words that must stand at the cell. */
const wrongDigit = (number: string) => number.slice(0, 17) + (number.endsWith('0') ? '1' : '0');
const planted: Readonly<Record<number, { cells: (row: readonly string[]) => string[]; words: RegExp }>> = {
  10: { cells: (row) => [row[0]!, wrongDigit(row[1]!), ...row.slice(2)], words: /第 18 位应为/ },
  20: { cells: (row) => [row[0]!, '3.31102E+17', ...row.slice(2)], words: /丢失末尾几位/ },
  30: { cells: (row) => [row[0]!, row[1]!, '', ...row.slice(3)], words: /请填“在编”或“合同”/ },
  40: { cells: (row) => [row[0]!, people[39]!.number, ...row.slice(2)], words: /证件号码重复/ },
  50: { cells: (row) => ['', ...row.slice(1)], words: /姓名必填/ },
};

const sheet = [
  ['姓名', '身份证号', '是否在编', '岗位类别', '合同开始日期', '合同结束日期'],
  ...people.map(({ name, number, establishment, post, start, end }, index) => {
    const row = [name, number, establishment, post, start, end];
    return planted[index]?.cells(row) ?? row;
  }),
]
  .map((row) => row.join('\t'))
  .join('\r\n');

describe('job b: a school makes teacher accounts from four facts', () => {
  const desks = useDesks();

  it('200 rows out of a sheet: one paste, one click; good rows are registered, bad ones stay with their message', async () => {
    const desk = await desks.now.as(`sys@${demoSchools.cityRun}`);
    await desk.open('/');
    desk.count();
    await desk.click(desk.page.getByRole('link', { name: '新建教师' }));
    await desk.page.getByRole('grid').waitFor();
    await desk.paste(sheet);
    await desk.page.getByText('共 200 行：可登记 195，有误 5').waitFor();
    const cell = (row: number, column: number) =>
      desk.page.locator(`[role=row][aria-rowindex="${row + 1}"] [role=gridcell]`).nth(column);
    expect(await cell(1, 1).textContent()).toMatch(/^[男女]$/);
    expect(await cell(1, 2).textContent()).toBe(people[0]!.number.replace(/^.{6}(\d{4})(\d\d)(\d\d).*$/, '$1-$2-$3'));
    await desk.axe();
    await desk.screenshot('quick-grid');
    await desk.click(desk.page.getByRole('button', { name: /登记 195 人/ }));
    await desk.page.getByText('已登记 195 人').waitFor({ timeout: 60_000 });
    expect(desk.clicks + desk.keys).toBeLessThanOrEqual(4);

    await desk.page.getByText('共 5 行：可登记 0，有误 5').waitFor();
    for (const { words } of Object.values(planted)) await desk.page.getByRole('gridcell').getByText(words).waitFor();
    await desk.screenshot('quick-grid-left');
    await desk.axe();
  });

  it('leads from there to their accounts, of which none has had a slip', async () => {
    const desk = await desks.now.as(`sys@${demoSchools.cityRun}`);
    await desk.open('/new-teachers');
    await desk.page.getByRole('grid').waitFor();
    const one = inventPerson(new Random(101), 322, today, division);
    await desk.paste(`${one.name}\t${one.document.number}\t在编`);
    await desk.page.getByText('共 1 行：可登记 1，有误 0').waitFor();
    await desk.press('Control+Enter');
    await desk.click(desk.page.getByRole('link', { name: '到“账号管理”签发激活单' }));
    await desk.page.getByRole('button', { name: /未签发激活单/, pressed: true }).waitFor();
    await desk.page.getByRole('searchbox', { name: '姓名、机构或登录名' }).fill(people[0]!.name);
    await desk.press('Enter');
    const row = desk.page.getByRole('row').filter({ hasText: people[0]!.name });
    await row.getByText('未签发激活单').waitFor();
    await desk.axe();
    await desk.screenshot('accounts-unissued');
    await row.getByRole('button', { name: /^查看/ }).click();
    await desk.page.getByRole('button', { name: '签发激活单', exact: true }).click();
    const dialog = desk.page.getByRole('dialog').filter({ hasText: '为 1 个账号签发激活单？' });
    expect(await dialog.getByText('作废').count()).toBe(0);
    await dialog.getByRole('button', { name: '签发激活单' }).click();
    await desk.page.getByRole('heading', { name: '激活单（1 张）' }).waitFor();
  });

  it('a bad row is mended in its cell and registered; a number on file names the transfer', async () => {
    const desk = await desks.now.as(`sys@${demoSchools.cityRun}`);
    await desk.open('/new-teachers');
    const spare = inventPerson(new Random(99), 321, today, division);
    // on file at this school since the first script, or here: either way never twice
    await desk.page.getByRole('grid').waitFor();
    await desk.paste(`${spare.name}\t${wrongDigit(spare.document.number)}\t在编`);
    await desk.page.getByText(/第 18 位应为/).waitFor();
    // by keyboard alone: to the cell of the number, type it anew
    await desk.page.getByRole('gridcell').first().focus();
    for (let step = 0; step < 4; step += 1) await desk.press('ArrowRight');
    await desk.type(spare.document.number);
    await desk.press('Enter');
    await desk.page.getByText('共 1 行：可登记 1，有误 0').waitFor();
    await desk.press('Control+Enter');
    await desk.page.getByText('已登记 1 人').waitFor();

    const neighbour = await desks.now.as(`sys@${demoSchools.primary}`);
    await neighbour.open('/new-teachers');
    await neighbour.page.getByRole('grid').waitFor();
    await neighbour.paste(`${spare.name}\t${spare.document.number}\t在编`);
    await neighbour.click(neighbour.page.getByRole('button', { name: /登记 1 人/ }));
    await neighbour.page
      .getByRole('gridcell')
      .getByText(/请发起调动申请/)
      .waitFor();
    await neighbour.screenshot('quick-grid-on-file');
  });

  it('rare characters and the middle dot come out as they went in, and are found', async () => {
    const desk = await desks.now.as('info@331100');
    await desk.open('/teachers');
    await desk.page.getByLabel('按姓名查找').fill('𬭊一');
    await desk.press('Enter');
    await desk.page.getByRole('link', { name: '𬭊一诺', exact: true }).waitFor();
    expect(new URL(desk.page.url()).searchParams.get('q')).toBe('𬭊一');
    await desk.axe();
    await desk.screenshot('teachers');
    for (const name of ['㛃若兰', '䶮清源', '蓝·阿依古丽', '𬭊一诺']) {
      await desk.go(`/teachers?organisation=${demoSchools.cityRun}&q=${encodeURIComponent(name)}`);
      await desk.page.getByRole('link', { name, exact: true }).first().waitFor();
    }
  });

  it('who may not register neither sees the entry nor opens the page', async () => {
    const desk = await desks.now.as(`info@${demoSchools.primary}`);
    await desk.open('/new-teachers');
    await desk.page.getByText('新建教师').first().waitFor();
    expect(await desk.page.getByRole('grid').count()).toBe(0);
    expect(await desk.page.getByRole('link', { name: '新建教师' }).count()).toBe(0);
  });
});
