import { demoPassword } from '@shidang/seed';
import { eventually } from '@shidang/testing/eventually';
import type { Locator } from 'playwright-core';
import type { Desk } from './desk/desk';
import { useDesks } from './desk/desks';

jest.setTimeout(120_000);

/** Job f: the authority's information administrator works through what waits, with the keyboard, and takes the rest at once. */
const reviewer = 'info@331100';
const principal = 'head@3433110005';

interface CaseLine {
  id: string;
  contentHash: string;
  etag: string;
}

/** The same person by HTTP, as a colleague at the next desk would be. */
async function api<T>(desk: Desk, method: 'GET' | 'POST', path: string, body?: object, etag?: string): Promise<T> {
  const session = await fetch(`${desk.url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ loginName: reviewer, password: demoPassword }),
  });
  const { token } = (await session.json()) as { token: string };
  const answer = await fetch(`${desk.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      ...(etag ? { 'if-match': `"${etag}"` } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${method} ${path} → ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

const waiting = (desk: Desk) =>
  api<{ items: CaseLine[]; page: { total: number } }>(desk, 'GET', '/review-cases?turn=mine&limit=200');

const openCase = (desk: Desk) => desk.page.locator('.review-case').getAttribute('data-case');

/** The case after this one is shown, and long enough that a key counts. */
async function shownAfter(desk: Desk, before: string | null): Promise<string> {
  await desk.page.waitForFunction(
    (last) => {
      const shown = document.querySelector('.review-case')?.getAttribute('data-case');
      const ready = document.querySelector('.review-decision')?.getAttribute('data-ready');
      return Boolean(shown) && shown !== last && ready === shown;
    },
    before,
    { timeout: 25_000, polling: 50 },
  );
  return (await openCase(desk))!;
}

/** Within the part of its list that is not scrolled away. */
const isInSight = (line: Locator): Promise<boolean> =>
  line.evaluate((element) => {
    const [box, around] = [element, element.closest('.review-list')!].map((each) => each.getBoundingClientRect());
    return box!.top >= around!.top - 1 && box!.bottom <= around!.bottom + 1;
  });

describe('job f: reviewing', () => {
  const desks = useDesks();
  /** The reviewer's, all day. */
  let desk: Desk;

  beforeAll(async () => {
    desk = await desks.now.as(reviewer);
    await desk.open('/notices');
  });

  /** From wherever he was: what is on the page is read anew. */
  async function comeBack(): Promise<void> {
    await desk.go('/notices');
    await desk.go('/review');
  }

  it('takes one key per clean record, and the next is there at once', async () => {
    const before = (await waiting(desk)).page.total;
    expect(before).toBeGreaterThanOrEqual(6);
    await desk.go('/review');
    let shown = await shownAfter(desk, null);
    await desk.axe();
    await desk.screenshot('review');
    desk.count();
    const records = 3;
    for (let n = 0; n < records; n++) {
      await desk.press('a');
      shown = await shownAfter(desk, shown);
    }
    expect([desk.keys, desk.clicks]).toEqual([records, 0]);
    await eventually(async () => (await waiting(desk)).page.total === before - records, 'they are decided');
  });

  it('says who was decided, and shows whom it goes on with: after the last in the list, the first that waits', async () => {
    await comeBack();
    const first = await shownAfter(desk, null);
    const people = desk.page.locator('.review-list li button');
    await people.last().click();
    const last = await shownAfter(desk, first);
    const name = await people.last().locator('.name').innerText();
    const all = await desk.page.getByRole('button', { name: /全选/ }).innerText();
    await desk.press('a');
    await shownAfter(desk, last);
    await desk.page.getByText(`已通过：${name}`).waitFor();
    const current = desk.page.locator('.review-list [aria-current="true"]');
    expect(await current.locator('.name').innerText()).toBe(await people.first().locator('.name').innerText());
    expect(await isInSight(current)).toBe(true);
    const count = (text: string) => Number(/\d+/.exec(text)![0]);
    expect(count(await desk.page.getByRole('button', { name: /全选/ }).innerText())).toBe(count(all) - 1);
  });

  it('returns what was marked, with the keyboard alone, and the words reach the case', async () => {
    await comeBack();
    const shown = await shownAfter(desk, null);
    desk.count();
    await desk.press('r');
    await desk.press('ArrowDown');
    await desk.press('f');
    await desk.page.getByText('需修改的内容').waitFor();
    await desk.axe();
    await desk.screenshot('review-return');
    await desk.press('r');
    await desk.press('Enter');
    await shownAfter(desk, shown);
    expect(desk.clicks).toBe(0);
    expect(desk.keys).toBeLessThanOrEqual(5);
    const returned = await eventually(async () => {
      const found = await api<{ stage: string; decisions: { marks: { words: string }[]; accountName?: string }[] }>(
        desk,
        'GET',
        `/review-cases/${shown}`,
      );
      return found.stage === 'authority-returned' ? found : false;
    }, 'the case is returned');
    expect(returned.decisions.at(-1)).toMatchObject({
      marks: [{ words: '此项有误，请核对后修改' }],
      accountName: expect.any(String) as string,
    });
  });

  it('lists its keys, and moves with them', async () => {
    await comeBack();
    const first = await shownAfter(desk, null);
    await desk.press('j');
    const second = await shownAfter(desk, first);
    await desk.press('k');
    expect(await shownAfter(desk, second)).toBe(first);
    await desk.press('?');
    await desk.page.getByRole('dialog').getByText('通过并到下一件').waitFor();
    await desk.axe();
    await desk.press('Escape');
    await desk.page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  it('says when the case is no longer what was seen, and decides nothing', async () => {
    const desk = await desks.now.as(reviewer);
    desk.expectStatus(409, 412);
    await desk.open('/review');
    const shown = await shownAfter(desk, null);
    const { items } = await waiting(desk);
    const { id, contentHash, etag } = items.find((item) => item.id === shown)!;
    await api(desk, 'POST', `/review-cases/${id}/decision`, { verdict: 'approve', contentHash }, etag);
    await desk.press('a');
    const told = desk.page.getByRole('alert').filter({ hasText: '重新查看' });
    await told.waitFor();
    await desk.click(told.getByRole('button', { name: '重新查看' }));
    await desk.page.getByText('您不能审核此事项').waitFor();
  });

  it('selects all that match, skips with reasons, is undone, and takes effect when told', async () => {
    await comeBack();
    await shownAfter(desk, null);
    const { items, page } = await waiting(desk);
    desk.count();
    await desk.click(desk.page.getByRole('button', { name: `全选符合条件的 ${page.total} 件` }));
    await desk.page.getByText('名单固定').waitFor();
    await desk.axe();
    // meanwhile a colleague decides one of them
    const { id, contentHash, etag } = items.at(-1)!;
    await api(desk, 'POST', `/review-cases/${id}/decision`, { verdict: 'approve', contentHash }, etag);
    await desk.click(desk.page.getByRole('button', { name: `批量通过 ${page.total} 件` }));
    await desk.page.getByText(`${page.total - 1} 件已核对，尚未生效`).waitFor({ timeout: 30_000 });
    expect(desk.clicks + desk.keys).toBeLessThanOrEqual(3);
    await desk.page.getByText('该事项当前不在待审核状态').first().waitFor();
    await desk.axe();
    await desk.screenshot('review-batch');

    await desk.press('u');
    await desk.page.getByText(`已撤销，${page.total - 1} 件仍待审核`).waitFor();
    expect((await waiting(desk)).page.total).toBe(page.total - 1);

    await desk.go('/review');
    await shownAfter(desk, null);
    await desk.press('Shift+A');
    await desk.page.getByText('名单固定').waitFor();
    await desk.press('Enter');
    await desk.click(desk.page.getByRole('button', { name: '立即生效' }));
    await desk.page.getByText(`${page.total - 1} 件已生效`).waitFor();
    expect((await waiting(desk)).page.total).toBe(0);
    await desk.go('/review');
    await desk.page.getByText('没有待审核的事项').waitFor();
    await desk.axe();
  });

  it('is the principal’s page too, who then submits upward and has a receipt', async () => {
    const desk = await desks.now.as(principal);
    await desk.open('/review');
    const shown = await shownAfter(desk, null);
    await desk.press('a');
    await shownAfter(desk, shown);
    await desk.click(desk.page.getByRole('link', { name: /件已审核通过待报送/ }));
    await desk.page.getByRole('heading', { name: '已审核通过、待报送' }).waitFor();
    await desk.axe();
    await desk.click(desk.page.getByRole('button', { name: /向教育行政部门报送/ }));
    const told = desk.page.getByText(/已报送，回执号 331100-3433110005-/);
    await told.waitFor();
    const receipt = /331100-\d{10}-\d{8}-\d{4}/.exec((await told.textContent()) ?? '')![0];
    await desk.click(desk.page.getByRole('button', { name: receipt }));
    await desk.page.getByRole('dialog').getByText('内容指纹').waitFor();
    await desk.axe();
    await desk.screenshot('review-receipt');
  });

  it('speaks English, and refuses by URL who may not', async () => {
    const desk = await desks.now.as(principal, { language: 'en' });
    await desk.open('/submissions');
    await desk.page.getByRole('heading', { name: 'Submissions' }).waitFor();
    await desk.axe();
    const viewer = await desks.now.as('view@331102');
    await viewer.open('/review');
    await viewer.page.getByText('您的岗位不能使用此页面').waitFor();
  });
});
