import { axeViolations } from './desk/axe';
import { useDesks } from './desk/desks';

/** What axe is spared of long lists takes nothing from what it finds. */
describe('axe', () => {
  const desks = useDesks();

  /** Violations of a list of links, each by its rule and how many rows it names. */
  async function foundIn(rows: readonly string[]): Promise<string[]> {
    const { page } = await desks.now.guest();
    const list = `<ul>${rows.map((row) => `<li>${row}</li>`).join('')}</ul>`;
    await page.setContent(
      `<!doctype html><html lang="zh-CN"><title>师档</title><main><h1>名单</h1>${list}</main></html>`,
    );
    return (await axeViolations(page)).map((line) => `${line.split(':')[0]} ${line.match(/ \| /g)?.length ?? 0}`);
  }

  const names = ['张三', '李四', '王五', '赵六', '钱七', '孙八'];
  const link = (name: string, style = '') =>
    `<a href="/${name}" style="display: inline-block; width: 48px; height: 24px; ${style}">${name}</a>`;

  it('names two of rows that are all wrong alike', async () => {
    expect(await foundIn(names.map((name) => link(name, 'color: #ddd')))).toEqual(['color-contrast 1']);
  });

  it('finds the one row that looks different, and the one that says nothing, wherever they stand', async () => {
    const rows = names.map((name) => link(name));
    expect(await foundIn(rows)).toEqual([]);
    expect(await foundIn([...rows, link('周九', 'color: #ddd'), ...rows])).toEqual(['color-contrast 0']);
    expect(await foundIn([...rows, link(''), ...rows])).toEqual(['link-name 0']);
  });
});
